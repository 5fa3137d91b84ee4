/** Clusters of embeddings: k-means (ml-kmeans) with k-means++ starts, as in Data Swarms, section 2.1. */
import { kmeans } from "ml-kmeans";
import { RandomStream } from "../swarm/random.js";

export type ClusterErrorCode = "INVALID_EMBEDDINGS" | "TOO_FEW_POINTS";

export class ClusterError extends Error {
  override readonly name = "ClusterError";
  readonly code: ClusterErrorCode;

  constructor(code: ClusterErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

export interface Clusters {
  /** The cluster of each embedding, from 0. */
  readonly assignments: readonly number[];
  readonly centroids: readonly (readonly number[])[];
  /** Embeddings in each cluster; never 0. */
  readonly sizes: readonly number[];
  /** Sum of squared distances to the centroids. */
  readonly inertia: number;
}

export interface ClusterOptions {
  readonly embeddings: readonly ArrayLike<number>[];
  readonly clusters: number;
  readonly seed: number;
  /** 10 where not given, as scikit-learn's `n_init` was for long. */
  readonly restarts?: number;
}

const RESTARTS = 10;
const MAX_ITERATIONS = 300;

/**
 * The clustering of lowest inertia of `restarts` k-means++ starts: a pure function of its arguments.
 * Throws `INVALID_EMBEDDINGS` where embeddings differ in length or are not finite, `TOO_FEW_POINTS` where fewer than `clusters` of
 * them differ.
 */
export function clusterEmbeddings(options: ClusterOptions): Clusters {
  let best: Clusters | undefined;
  for (best of clusterings(options));
  if (best === undefined) throw new RangeError(`restarts must be 1 or more, got ${options.restarts}`);
  return best;
}

/** The same, start by start: after each of them the best so far. */
export function* clusterings(options: ClusterOptions): Generator<Clusters, void> {
  const { clusters, seed, restarts = RESTARTS } = options;
  const points = checkedPoints(options.embeddings, clusters);
  const random = new RandomStream({ seed, purpose: "clusters" });
  let best: Clusters | undefined;
  for (let restart = 0; restart < restarts; restart++) {
    const start = { initialization: "kmeans++", seed: random.uint32() } as const;
    const found = settle(points, clusters, start);
    if (best === undefined || found.inertia < best.inertia) best = found;
    yield best;
  }
}

/** The clustering that k-means reaches from the given centroids. Throws as `clusterEmbeddings` does. */
export function clusterFrom(options: {
  readonly embeddings: readonly ArrayLike<number>[];
  readonly centroids: readonly (readonly number[])[];
}): Clusters {
  const { embeddings, centroids } = options;
  const points = checkedPoints(embeddings, centroids.length);
  return settle(points, centroids.length, { initialization: centroids.map((centroid) => [...centroid]) });
}

type Start = { readonly initialization: "kmeans++"; readonly seed: number } | { readonly initialization: number[][] };

/** Runs k-means until nothing moves; an empty cluster starts again at the point that is farthest from its centroid. */
function settle(points: number[][], clusters: number, start: Start): Clusters {
  // Ends because every new start has a lower inertia: the farthest point is not on a centroid where a cluster is empty.
  for (let next: Start = start; ;) {
    const { clusters: assignments, centroids } = kmeans(points, clusters, {
      ...next,
      maxIterations: MAX_ITERATIONS,
      tolerance: 0,
    });
    const sizes = centroids.map(() => 0);
    const distances = points.map((point, index) => {
      const cluster = assignments[index] as number;
      sizes[cluster] = (sizes[cluster] as number) + 1;
      return squaredDistance(point, centroids[cluster] as number[]);
    });
    const empty = sizes.indexOf(0);
    if (empty === -1) {
      return { assignments, centroids, sizes, inertia: distances.reduce((sum, distance) => sum + distance, 0) };
    }
    const farthest = distances.indexOf(distances.reduce((most, distance) => Math.max(most, distance), 0));
    next = { initialization: centroids.with(empty, [...(points[farthest] as number[])]) };
  }
}

function checkedPoints(embeddings: readonly ArrayLike<number>[], clusters: number): number[][] {
  if (!Number.isInteger(clusters) || clusters < 1) throw new RangeError(`clusters must be 1 or more, got ${clusters}`);
  const points = embeddings.map((embedding) => Array.from(embedding));
  const dimensions = points[0]?.length ?? 0;
  const wrong = points.findIndex((point) => point.length !== dimensions || !point.every(Number.isFinite));
  if (wrong !== -1) {
    throw new ClusterError("INVALID_EMBEDDINGS", `embedding ${wrong} must be ${dimensions} finite numbers`);
  }
  const different = new Set(points.map((point) => point.join())).size;
  if (different < clusters) {
    throw new ClusterError(
      "TOO_FEW_POINTS",
      `${clusters} clusters need as many different embeddings, got ${different}`,
    );
  }
  return points;
}

function squaredDistance(one: readonly number[], other: readonly number[]): number {
  let total = 0;
  for (const [index, value] of one.entries()) total += (value - (other[index] as number)) ** 2;
  return total;
}
