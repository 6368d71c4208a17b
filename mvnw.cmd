@echo off
rem Runs an installed Maven on a JDK 25 named by JAVA_HOME.
setlocal
if defined PHALANX_JAVA_HOME set "JAVA_HOME=%PHALANX_JAVA_HOME%"
set "MAVEN_OPTS=--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow %MAVEN_OPTS%"
where mvn >nul 2>nul || (
    echo PHX-0002 Maven is not on the PATH: install Maven 3.8 or newer. 1>&2
    exit /b 5
)
call mvn %*
exit /b %ERRORLEVEL%
