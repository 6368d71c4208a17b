#!/bin/sh
# Makes a folder with Phalanx and its own Java runtime (jpackage app-image) from the build in target/; nothing else is needed where it runs.
# Usage: installers/package.sh [DESTINATION]   (target/installer by default)
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/.mvn/find-jdk.sh"
find_jdk || exit 70
destination=${1:-$root/target/installer}
(cd "$root" && ./mvnw -B -q -DskipTests package)
input=$(mktemp -d)
trap 'rm -rf "$input"' EXIT
cp "$root/target/phalanx.jar" "$root"/target/lib/*.jar "$input"
cp -r "$root/sample-pcaps" "$input/sample-pcaps"
rm -rf "$destination/Phalanx"
"$JAVA_HOME/bin/jpackage" --type app-image --name Phalanx --app-version 0.1.0 --input "$input" --main-jar phalanx.jar \
    --main-class phalanx.app.Main --dest "$destination" \
    --java-options --enable-native-access=ALL-UNNAMED --java-options --sun-misc-unsafe-memory-access=allow --java-options '-Dphalanx.samples=$APPDIR/sample-pcaps' \
    --java-options -XX:+UseSerialGC
echo "Made $destination/Phalanx; start $destination/Phalanx/bin/Phalanx"
