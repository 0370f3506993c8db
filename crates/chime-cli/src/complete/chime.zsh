#compdef chime
# Completion of `chime` for zsh. Print it with `chime completions zsh`.

_chime() {
    local -a given=("${(@Q)words[1,CURRENT - 1]}" "${(Q)words[CURRENT]}")
    # An open quote is no part of the word.
    given[-1]="${given[-1]#[\'\"]}"
    local -a open described closed
    local line word
    while IFS= read -r line; do
        word="${line%%$'\t'*}"
        case "$word" in
        *= | \{*) open+=("$word") ;;
        *)
            closed+=("$word")
            described+=("${line/$'\t'/  -- }")
            ;;
        esac
    done < <("${given[1]}" complete --described -- "${given[@]}" 2>/dev/null)
    if ((!${#open} && !${#closed})); then
        _files
        return
    fi
    ((${#open})) && compadd -S '' -- "${open[@]}"
    ((${#closed})) && compadd -d described -l -- "${closed[@]}"
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _chime "$@"
else
    compdef _chime chime
fi
