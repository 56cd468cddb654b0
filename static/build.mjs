// Compiles our styles and joins the design system's script with ours, into static/built/, which git does not keep.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "..", "node_modules");
const built = join(here, "built");

const styles = compile(join(here, "council.scss"), {
  loadPaths: [modules],
  style: "compressed",
  quietDeps: true,
});

// One file, because a module that imports another by name is lost once static files carry their hash in their names.
const designSystem = readFileSync(join(modules, "govuk-frontend/dist/govuk/all.bundle.mjs"), "utf8");
const ours = readFileSync(join(here, "council.js"), "utf8");
const script = designSystem.replace(/^\/\/# sourceMappingURL=.*$/m, "") + "\n" + ours;

mkdirSync(built, { recursive: true });
writeFileSync(join(built, "council.css"), styles.css);
writeFileSync(join(built, "council.js"), script);
console.log("static/built/council.css and council.js are built");
