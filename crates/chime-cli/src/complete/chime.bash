# Completion of `chime` for bash. Print it with `chime completions bash`.

_chime() {
    # The words up to the cursor. Bash has also split them at `=` and `:`, which the command does not.
    local line="${COMP_LINE:0:COMP_POINT}" word="" quote="" character index
    local words=() begun="" start=0
    for ((index = 0; index < ${#line}; index++)); do
        character="${line:index:1}"
        if [[ -n $quote ]]; then
            if [[ $character == "$quote" ]]; then
                quote=""
            else
                word+="$character"
            fi
        elif [[ $character == "'" || $character == '"' ]]; then
            quote="$character" begun=1
            start=$((${#word}))
        elif [[ $character == '\' ]]; then
            ((index++))
            word+="${line:index:1}" begun=1
        elif [[ $character == [[:space:]] ]]; then
            [[ -n $begun ]] && words+=("$word")
            word="" begun="" start=0
        else
            word+="$character" begun=1
            # Bash replaces only what follows the last of these.
            [[ $character == [=:] ]] && start=${#word}
        fi
    done
    words+=("$word")

    local candidate skipped="${word:0:start}"
    COMPREPLY=()
    while IFS= read -r candidate; do
        candidate="${candidate#"$skipped"}"
        [[ -z $quote ]] && printf -v candidate '%q' "$candidate"
        case "$candidate" in
        *=) ;;
        *) [[ -z $quote ]] && candidate+=" " ;;
        esac
        COMPREPLY+=("$candidate")
    done < <("${words[0]}" complete -- "${words[@]}" 2>/dev/null)
}

complete -o nospace -o default -F _chime chime
