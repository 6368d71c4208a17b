# Sourced by phalanx and mvnw: sets JAVA_HOME to a JDK 25 or newer, or ends with one sentence that says where it looked.
# Reads the `release` file that every JDK has, as starting a JVM just to ask its version costs 40 ms.

jdk_version() { # home -> major version, nothing when it is no JDK
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
    while IFS= read -r line; do
        case $line in
            JAVA_VERSION=*)
                line=${line#JAVA_VERSION=\"}
                line=${line%%[.\"-]*}
                line=${line%%+*}
                echo "$line"
                return 0 ;;
        esac
    done < "$1/release"
    return 1
}

use_jdk() { # home -> 0 and JAVA_HOME set when it is new enough
    version=$(jdk_version "$1") || return 1
    case $version in ''|*[!0-9]*) return 1 ;; esac
    [ "$version" -ge 25 ] || return 1
    JAVA_HOME=$1
    export JAVA_HOME
}

find_jdk() {
    [ -n "${PHALANX_JAVA_HOME:-}" ] && use_jdk "$PHALANX_JAVA_HOME" && return 0
    [ -n "${JAVA_HOME:-}" ] && use_jdk "$JAVA_HOME" && return 0
    on_path=$(command -v javac 2>/dev/null) && on_path=$(readlink -f "$on_path" 2>/dev/null) \
        && use_jdk "${on_path%/bin/javac}" && return 0
    for home in /usr/lib/jvm/* /opt/* /opt/java/* /usr/local/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
        use_jdk "$home" && return 0
    done
    echo "PHX-0001 Phalanx needs a JDK 25 or newer and found none in PHALANX_JAVA_HOME, JAVA_HOME, PATH, /usr/lib/jvm, /opt," \
        "~/.sdkman, ~/.jdks or /Library/Java: install one (Eclipse Temurin 25, for example: adoptium.net) or set PHALANX_JAVA_HOME" \
        "to the folder of one." >&2
    return 1
}
