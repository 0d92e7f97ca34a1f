# Completion of briefpack's commands and options in bash. They are read from the program's own help, so
# there is no list of them here to fall behind.
_briefpack() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]} words
    # Bash makes three words of --lang=da.
    if [ "$word" = = ]; then
        word=
    elif [ "$before" = = ]; then
        before=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    case $before in
    --lang) words='da en' ;;
    --color) words='auto always never' ;;
    esac
    if [ -n "$words" ]; then
        :
    elif [ "$COMP_CWORD" = 1 ] || [ "$COMP_CWORD $command" = '2 help' ]; then
        words=$("${COMP_WORDS[0]}" --help --lang=en 2>/dev/null | sed -n 's/^  briefpack \([a-z][a-z-]*\) .*/\1/p')
        [ "$COMP_CWORD" = 2 ] || words="$words help --help --version"
    else
        case $word in
        -*)
            words=$("${COMP_WORDS[0]}" "$command" --help --lang=en 2>/dev/null |
                sed -n 's/^ *\(-[a-z], \)\{0,1\}\(--[a-z-]*\).*/\2/p')
            ;;
        esac
    fi
    COMPREPLY=($(compgen -W "$words" -- "$word"))
}
# Where nothing fits, files and folders are completed.
complete -o default -F _briefpack briefpack
