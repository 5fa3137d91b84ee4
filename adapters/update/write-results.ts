/** The two files that an update writes. */
import type { OutputFile } from "../output.js";

export interface UpdateOutputs<Written> {
  /** v' */
  readonly velocity: () => Promise<OutputFile<Written>>;
  /** x' */
  readonly position: () => Promise<OutputFile<Written>>;
}

/** Opens both outputs, has them written, and publishes them; a failure drops both. */
export async function writeResults<Written>(
  outputs: UpdateOutputs<Written>,
  write: (velocity: OutputFile<Written>, position: OutputFile<Written>) => Promise<void>,
): Promise<{ readonly velocity: Written; readonly position: Written }> {
  const velocity = await outputs.velocity();
  let position: OutputFile<Written>;
  try {
    position = await outputs.position();
  } catch (error) {
    await velocity.abort();
    throw error;
  }
  try {
    await write(velocity, position);
  } catch (error) {
    await Promise.all([velocity.abort(), position.abort()]);
    throw error;
  }
  try {
    return { velocity: await velocity.finish(), position: await position.finish() };
  } catch (error) {
    await position.abort();
    throw error;
  }
}
