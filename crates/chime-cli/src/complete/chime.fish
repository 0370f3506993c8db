# Completion of `chime` for fish. Print it with `chime completions fish`.

function __chime_complete
    set -l before (commandline -opc)
    set -l current (commandline -ct | string collect)
    # An open quote is no part of the word.
    set current (string replace -r '^[\'"]' '' -- $current)
    $before[1] complete --described -- $before "$current" 2>/dev/null
end

complete -c chime -f -a '(__chime_complete)'
complete -c chime -n 'test -z "$(__chime_complete)"' -F
