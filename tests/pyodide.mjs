// Run the examples of every docstring in Pyodide: node pyodide.mjs FOLDER
// The folder holds the npm package pyodide, and the wheels of the library and of what it needs.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const folder = resolve(process.argv[2]);
const { loadPyodide } = createRequire(join(folder, "_"))("pyodide");
const pyodide = await loadPyodide();
for (const name of readdirSync(folder).filter((name) => name.endsWith(".whl")))
  pyodide.unpackArchive(new Uint8Array(readFileSync(join(folder, name))), "wheel");

process.exitCode = pyodide.runPython(`
import doctest, importlib, pkgutil, platform, sys
import defector_stats

passed = failed = 0
for module in sorted(one.name for one in pkgutil.walk_packages(defector_stats.__path__, "defector_stats.")):
    # One runs the command line, one is for Hypothesis, and one draws with an extra.
    if module.rpartition(".")[2] in ("__main__", "_strategies", "canvas"):
        continue
    one = doctest.testmod(
        importlib.import_module(module),
        optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE,
    )
    failed, passed = failed + one.failed, passed + one.attempted - one.failed
print("Python", platform.python_version(), "on", sys.platform)
print(f"{passed} passed, {failed} failed")
int(failed > 0 or passed < 100)
`);
