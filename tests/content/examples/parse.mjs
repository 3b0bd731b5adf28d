// Parses snippets given as JSON [{language, code}] on stdin; prints a JSON list of problems ("" when fine).
// JavaScript is read by the engine's own module parser, JSX and CSS by esbuild. Nothing is run.
import { readFileSync } from "node:fs";
import { SourceTextModule } from "node:vm";

const snippets = JSON.parse(readFileSync(0, "utf8"));
// Needed for JSX and CSS; for JavaScript it only adds the line of an error.
const esbuild = await import("esbuild").catch(() => null);

async function javascriptProblem(code) {
  try {
    new SourceTextModule(code, { identifier: "example" });
    return "";
  } catch (error) {
    const better = esbuild ? await esbuildProblem(code, "js") : "";
    return better || `${error.name}: ${error.message}`;
  }
}

async function esbuildProblem(code, loader) {
  const said = await esbuild
    .transform(code, { loader, jsx: "automatic", logLevel: "silent" })
    .then((done) => done.warnings, (failure) => failure.errors);
  const [first] = said;
  return first ? `${first.text}${first.location ? `, in line ${first.location.line} of the block` : ""}` : "";
}

const problems = [];
for (const { language, code } of snippets) {
  problems.push(language === "javascript" ? await javascriptProblem(code) : await esbuildProblem(code, language));
}
process.stdout.write(JSON.stringify(problems));
