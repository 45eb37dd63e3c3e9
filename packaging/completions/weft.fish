# SPDX-License-Identifier: MIT
# Completion of weft's arguments for fish. tests/install compares the options with `weft --help`.

# Is the word to complete still weft's, or already the program's?
function __weft_before_program
    set -l words (commandline -opc)
    set -l takes -e -p -r -C --eval --print --require --import --input-type --conditions --env-file --env-file-if-exists --stack-trace-limit \
        --unhandled-rejections --heap-limit --stack-size --gc-stress --prelude
    set -l is_value 0
    for word in $words[2..-1]
        if test $is_value = 1
            set is_value 0
        else if contains -- $word $takes
            set is_value 1
        else if test "$word" = --; or not string match -q -- '-?*' $word
            return 1
        end
    end
    return 0
end

complete -c weft -n __weft_before_program -x -a '(__fish_complete_suffix .js; __fish_complete_suffix .mjs; __fish_complete_suffix .cjs)'
complete -c weft -n __weft_before_program -s v -l version -d 'print the version'
complete -c weft -n __weft_before_program -s h -l help -d 'print a list of options'
complete -c weft -n __weft_before_program -s c -l check -d 'check the syntax without running'
complete -c weft -n __weft_before_program -s e -l eval -x -d 'run text'
complete -c weft -n __weft_before_program -s p -l print -x -d 'run text and print its value'
complete -c weft -n __weft_before_program -s i -l interactive -d 'start the REPL even if stdin is no terminal'
complete -c weft -n __weft_before_program -s r -l require -r -d 'load a module before the program'
complete -c weft -n __weft_before_program -l import -r -d 'import a module before the program'
complete -c weft -n __weft_before_program -l input-type -x -a 'commonjs module' -d 'what -e, -p and stdin hold'
complete -c weft -n __weft_before_program -s C -l conditions -x -d 'a further condition for package.json exports'
complete -c weft -n __weft_before_program -l env-file -r -d 'environment variables, where there are none of the name yet'
complete -c weft -n __weft_before_program -l env-file-if-exists -r -d 'the same, if there is such a file'
complete -c weft -n __weft_before_program -l stack-trace-limit -x -d 'frames in a stack trace'
complete -c weft -n __weft_before_program -l unhandled-rejections -x -a 'throw strict warn none warn-with-error-codes' \
    -d 'what becomes of them'
complete -c weft -n __weft_before_program -l no-warnings -d 'no process warnings on stderr'
complete -c weft -n __weft_before_program -l no-deprecation -d 'no deprecation warnings'
complete -c weft -n __weft_before_program -l trace-deprecation -d 'stack traces of deprecation warnings'
complete -c weft -n __weft_before_program -l throw-deprecation -d 'deprecations are errors'
complete -c weft -n __weft_before_program -l trace-uncaught -d 'show where an uncaught value was thrown'
complete -c weft -n __weft_before_program -l preserve-symlinks -d 'do not resolve symbolic links of modules'
complete -c weft -n __weft_before_program -l heap-limit -x -d 'limit of the heap in megabytes'
complete -c weft -n __weft_before_program -l stack-size -x -d 'size of the JavaScript stack in kilobytes'
complete -c weft -n __weft_before_program -l expose-gc -d 'a global function gc()'
complete -c weft -n __weft_before_program -l gc-stats -d 'print statistics of the collector at the end'
complete -c weft -n __weft_before_program -l trace-gc -d 'print a line for each collection'
complete -c weft -n __weft_before_program -l gc-stress -x -d 'collect at every Nth slow allocation'
complete -c weft -n __weft_before_program -l eager-builtins -d 'make all built-in objects at the start'
complete -c weft -n __weft_before_program -l dump-ast -d 'print the syntax tree of a file'
complete -c weft -n __weft_before_program -l dump-bytecode -d 'print the bytecode of a file'
complete -c weft -n __weft_before_program -l test262 -d 'run a file as a test of test262'
complete -c weft -n __weft_before_program -l prelude -r -d 'with --test262: a script to run before'
complete -c weft -n __weft_before_program -l module -d 'with --test262: the file is a module'
complete -c weft -n __weft_before_program -l no-can-block -d 'with --test262: the agent may not block'
