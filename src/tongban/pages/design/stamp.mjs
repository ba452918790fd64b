// Appends the digest of the sources to the compiled sheet, so that a test can tell when somebody
// changed the one without the other.
import { createHash } from "node:crypto";
import { appendFileSync, readFileSync, readdirSync } from "node:fs";

const hash = createHash("sha256");
for (const name of readdirSync(".").filter((name) => name.endsWith(".scss")).sort()) {
  hash.update(readFileSync(name));
}
appendFileSync("../static/tongban/tongban.css", `/* ${hash.digest("hex")} */\n`);
