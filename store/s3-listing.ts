/** The keys of a bucket below a prefix, page by page. */
import { ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import { StoreError } from "./store-error.js";

/** A listing that ends early, goes round in circles or shows other keys is an error: a checkpoint must not be overlooked. */
export async function* listBucket(
  client: S3Client,
  { uri, bucket, prefix }: { readonly uri: string; readonly bucket: string; readonly prefix: string },
): AsyncGenerator<string> {
  const untrue = (problem: string): StoreError => new StoreError({ code: "UNSUPPORTED", uri, key: prefix, problem });
  const seen = new Set<string>();
  for (let token: string | undefined; ;) {
    const page = await client.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ...(token && { ContinuationToken: token }) }),
    );
    for (const { Key: key } of page.Contents ?? []) {
      if (key === undefined || !key.startsWith(prefix))
        throw untrue("the server lists objects that were not asked for");
      yield key;
    }
    if (page.IsTruncated !== true) return;
    token = page.NextContinuationToken;
    if (token === undefined || token === "")
      throw untrue("the server's listing is cut short and says not how to go on");
    if (seen.has(token)) throw untrue("the server's listing goes round in a circle");
    seen.add(token);
  }
}
