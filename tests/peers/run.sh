#!/usr/bin/env bash
# Run the peer packages, and `lab intake` if LAB names the binary, on the same recorded answers.
# Prints one JSON object; what is installed and written goes to target/peers. See README.md.
set -eu
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=${PEERS_DIR:-$here/../../target/peers}
persons=${PERSONS:-500} items=${ITEMS:-200} seed=${SEED:-1} lengths=${LENGTHS:-5,10,20}
all="catsim mirt mirt-fine-grid mirt-expected-information mirt-kullback-leibler jscat jscat-no-copy adaptivetesting-mode adaptivetesting"
peers=${PEERS:-$all}
strict=${STRICT:+--strict}
lab=${LAB:-}
[ -z "$lab" ] || lab=$(cd "$(dirname "$lab")" && pwd)/$(basename "$lab")
mkdir -p "$work"
work=$(cd "$work" && pwd)

# One thread each: the figures are per step on one core.
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 RAYON_NUM_THREADS=1 MPLBACKEND=Agg PYTHONDONTWRITEBYTECODE=1

needs() { for peer in $peers; do case $peer in $1*) return 0 ;; esac; done; return 1; }

python=$work/venv/bin/python
if ! cmp -s "$here/requirements.txt" "$work/requirements.installed"; then
  rm -rf "$work/venv"
  python3 -m venv "$work/venv" >&2
  "$python" -m pip install --quiet --disable-pip-version-check -r "$here/requirements.txt" >&2
  cp "$here/requirements.txt" "$work/requirements.installed"
fi
if needs jscat && ! cmp -s "$here/package.json" "$work/package.installed"; then
  rm -rf "$work/node"
  mkdir -p "$work/node"
  cp -r "$here/package.json" "$here/unused-optimization-js" "$work/node/"
  (cd "$work/node" && npm install --ignore-scripts --no-audit --no-fund --no-package-lock --loglevel=error >&2)
  cp "$here/package.json" "$work/package.installed"
fi

data=$work/run-$seed-$persons-$items
results=$data/results
mkdir -p "$results"
"$python" "$here/make_bank.py" "$data" --persons "$persons" --items "$items" --seed "$seed"
for peer in $peers; do
  out=$results/$peer.json
  echo "$peer" >&2
  case $peer in
    jscat) node "$here/jscat_peer.js" "$work/node/node_modules" copy "$data/bank.csv" "$data/people.csv" "$out" "$lengths" ;;
    jscat-no-copy) node "$here/jscat_peer.js" "$work/node/node_modules" no-copy "$data/bank.csv" "$data/people.csv" "$out" "$lengths" ;;
    *) "$python" "$here/python_peers.py" "$peer" "$data/bank.csv" "$data/people.csv" "$out" --lengths "$lengths" ;;
  esac
done

"$python" - "$here" >"$data/versions.json" <<'PYTHON'
import importlib.metadata, json, pathlib, platform, sys
names = ("catsim", "adaptivetesting", "mirt", "numpy", "scipy")
versions = {"python": platform.python_version()} | {name: importlib.metadata.version(name) for name in names}
package = json.loads(pathlib.Path(sys.argv[1], "package.json").read_text())
versions["@bdelab/jscat"] = package["dependencies"]["@bdelab/jscat"]
print(json.dumps(versions))
PYTHON

set -- "$data/bank.csv" "$data/people.csv" "$results" --versions "$data/versions.json" --peers "$peers" --lengths "$lengths"
if [ -n "$lab" ]; then
  echo "lab intake" >&2
  "$lab" intake --bank "$data/bank.csv" --people "$data/people.csv" --length "$lengths" --json >"$data/lab.json"
  set -- "$@" --lab "$data/lab.json"
fi
exec "$python" "$here/report.py" "$@" $strict
