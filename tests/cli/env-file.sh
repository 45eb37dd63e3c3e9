# SPDX-License-Identifier: MIT
# --env-file and --env-file-if-exists: precedence, quoting, missing files, scripts that begin without the loaders, workers.
printf 'A=1\nB="two\\nlines"\n# comment\nexport C=three # not this\nHOME_OF=file\n' > one.env
printf 'A=second\nD=%s\n' "'single \"quoted\"'" > two.env
echo 'console.log([process.env.A, process.env.B, process.env.C, process.env.D, process.env.HOME_OF].join("|"))' > show.js
export HOME_OF=environment
"$WEFT" --env-file=one.env show.js
"$WEFT" --env-file one.env --env-file=two.env show.js
"$WEFT" --env-file=two.env --env-file=one.env -p 'process.env.A'
"$WEFT" --env-file-if-exists=none.env --env-file=one.env -p 'process.env.A' 2>&1
"$WEFT" --env-file=none.env show.js 2>&1
echo "exit $?"
"$WEFT" --env-file=one.env -e 'new (require("worker_threads").Worker)("console.log(process.env.A, process.execArgv)", { eval: true })'
echo 'console.log(process.env.A)' > module.mjs
"$WEFT" --env-file=one.env module.mjs
