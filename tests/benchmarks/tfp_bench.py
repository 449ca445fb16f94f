"""Times a training step of TensorFlow Playground's own engine (in node) beside the same step of ours.

Run it with ``python3 run.py bench tfp --sources FOLDER``: a checkout of https://github.com/tensorflow/playground in
which ``npm install`` was run, for its TypeScript compiler. Nothing of it is part of this repository. Without node or
the sources it says so and does nothing. Ours: one BLAS thread, float64. Theirs: one thread, float64.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from step_bench import RATE, ROWS, microseconds, trainer_for  # it sets the BLAS threads

SOURCES = "TFP_SOURCES"
ADDRESS = "https://github.com/tensorflow/playground"
_COMPILE = """
const [compiler, source, target] = process.argv.slice(2), fs = require("fs"), ts = require(compiler);
const options = {compilerOptions: {module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES5}};
fs.writeFileSync(target, ts.transpileModule(fs.readFileSync(source, "utf8"), options).outputText);
"""
_TIME = """
const [engine, text] = process.argv.slice(2), nn = require(engine), made = [];
for (const [widths, batch, rate] of JSON.parse(text)) {
  const act = nn.Activations, net = nn.buildNetwork(widths, act.TANH, act.TANH, null, ["x", "y"]);
  const points = Array.from({length: 10 * batch}, () => [2 * Math.random() - 1, 2 * Math.random() - 1]);
  const steps = (count) => {
    for (let step = 0; step < count; step++) {
      for (let i = 0; i < batch; i++) {
        const point = points[(step % 10) * batch + i];
        nn.forwardProp(net, point);
        nn.backProp(net, Math.sign(point[0] * point[1]), nn.Errors.SQUARE);
      }
      nn.updateWeights(net, rate, 0);
    }
  };
  const spent = [];
  let count = 1;
  for (let round = 0; round < 30; round++) {
    const begun = process.hrtime.bigint();
    steps(count);
    const us = Number(process.hrtime.bigint() - begun) / 1e3;
    if (round >= 12) spent.push(us / count);
    else count = Math.max(1, Math.min(100000, Math.round(count * 20000 / Math.max(us, 1))));
  }
  made.push(spent.sort((a, b) => a - b)[spent.length >> 1]);
}
console.log(JSON.stringify(made));
"""


def theirs(node: str, folder: Path) -> list[float] | str:
    """Return the median µs per step of each row, or why there are none."""
    source, compiler = folder / "src" / "nn.ts", folder / "node_modules" / "typescript"
    if not source.exists():
        return f"there is no src/nn.ts in {folder}; give the checkout of {ADDRESS} by --sources"
    if not compiler.exists():
        return f"there is no TypeScript compiler; run npm install in {folder}"
    rows = json.dumps([[widths, batch, RATE] for _, widths, batch in ROWS])
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        (place / "compile.js").write_text(_COMPILE, encoding="utf-8")
        (place / "time.js").write_text(_TIME, encoding="utf-8")
        engine = place / "nn.js"
        for script in (
            ["compile.js", str(compiler.resolve()), str(source.resolve()), str(engine)],
            ["time.js", str(engine), rows],
        ):
            done = subprocess.run([node, *script], cwd=place, capture_output=True, text=True, check=False)
            if done.returncode:
                return f"node could not run it: {done.stderr.strip()}"
    times: list[float] = json.loads(done.stdout)
    return times


def main() -> None:
    parser = argparse.ArgumentParser(prog="run.py bench tfp")
    parser.add_argument("--sources", type=Path, default=os.environ.get(SOURCES), help=f"else the variable {SOURCES}")
    options, node = parser.parse_args(), shutil.which("node")
    if node is None or options.sources is None:
        what = "node is not installed" if node is None else f"give a checkout of {ADDRESS} by --sources"
        print(f"skipped: {what}")
        return
    rivals = theirs(node, options.sources)
    if isinstance(rivals, str):
        print(f"skipped: {rivals}")
        return
    print(f"One step, µs, medians\n{'':16}{'theirs':>12}{'ours':>10}{'times faster':>14}")
    for (name, widths, batch), rival in zip(ROWS, rivals, strict=True):
        (ours,) = microseconds(trainer_for(widths, batch).advance)
        print(f"{name:16}{rival:12,.1f}{ours:10.1f}{rival / ours:14.1f}")


if __name__ == "__main__":
    main()
