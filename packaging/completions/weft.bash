# SPDX-License-Identifier: MIT
# Completion of weft's arguments for bash. tests/install compares the options with `weft --help`.

# The values of option $1 that begin with $2.
_weft_values() {
  local IFS=$'\n'
  case $1 in
    --input-type) COMPREPLY=($(compgen -W $'commonjs\nmodule' -- "$2")) ;;
    --unhandled-rejections) COMPREPLY=($(compgen -W $'throw\nstrict\nwarn\nnone\nwarn-with-error-codes' -- "$2")) ;;
    -r | --require | --import | --prelude)
      compopt -o filenames 2>/dev/null
      COMPREPLY=($(compgen -f -- "$2"))
      ;;
    *) COMPREPLY=() ;;
  esac
}

_weft() {
  local plain='--version --help --check --interactive --no-warnings --no-deprecation --trace-deprecation --throw-deprecation
    --trace-uncaught --preserve-symlinks --expose-gc --gc-stats --trace-gc --eager-builtins --dump-ast --dump-bytecode --test262
    --module --no-can-block -v -h -c -i'
  local valued='--eval --print --require --import --input-type --conditions --env-file --env-file-if-exists --stack-trace-limit --unhandled-rejections
    --heap-limit --stack-size --gc-stress --prelude -e -p -r -C'
  local current=${COMP_WORDS[COMP_CWORD]} option= program= i
  COMPREPLY=()

  # What stands before: an option that waits for its value, or already the program? bash takes --a=b apart, `=` is a word.
  for ((i = 1; i < COMP_CWORD; i++)); do
    local word=${COMP_WORDS[i]}
    if [ -n "$option" ]; then
      [ "$word" = = ] || option=
      continue
    fi
    case $word in
      -e | -p | --eval | --print) option=$word program=text ;;
      --) program=${program:-file}; break ;;
      -?*) case " ${valued//$'\n'/ } " in *" $word "*) option=$word ;; esac ;;
      *) program=arguments; break ;;
    esac
  done

  if [ -n "$option" ]; then
    [ "$current" = = ] && current=
    _weft_values "$option" "$current"
  elif [[ $current == -* && ($program == '' || $program == text) ]]; then
    COMPREPLY=($(compgen -W "$plain" -- "$current") $(compgen -W "$valued" -- "$current"))
  else
    local IFS=$'\n'
    compopt -o filenames 2>/dev/null
    if [ -z "$program" ] || [ "$program" = file ]; then
      COMPREPLY=($(compgen -d -- "$current") $(compgen -f -X '!*.js' -- "$current") $(compgen -f -X '!*.[cm]js' -- "$current"))
    else
      COMPREPLY=($(compgen -f -- "$current"))
    fi
  fi
}

complete -F _weft weft
