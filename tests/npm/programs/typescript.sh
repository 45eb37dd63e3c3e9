# SPDX-License-Identifier: MIT
# The real tsc: a full type check of a small program with errors, of one without, its other modes and its exit statuses.
# timeout: 120
cp -r "$PROGRAMS/fixtures/tsc" project
tsc() { "$NODE" "$MODULES/typescript/bin/tsc" "$@"; echo "exit $?"; }

tsc --version
cd project || exit 1
tsc --noEmit
tsc --noEmit --pretty | head -60
tsc --showConfig
tsc --noEmit --strict --target es2022 --ignoreConfig collections.ts
tsc --declaration --outDir out --target es2018 --module commonjs --ignoreConfig collections.ts events.ts
for file in out/*; do echo "== $file"; cat "$file"; done
tsc --noEmit --listFilesOnly --ignoreConfig --lib es5 collections.ts
tsc --nosuchoption
tsc nosuchfile.ts
tsc --build --noEmit --verbose 2>&1 | sed 's/^[0-9:]* [AP]M - //;s/^[^-]* - //' | head -20
