@echo off
rem Starts Phalanx: needs PHALANX_JAVA_HOME or JAVA_HOME to be a JDK 25 and Maven on the PATH for the first start.
setlocal
set "ROOT=%~dp0"
if defined PHALANX_JAVA_HOME set "JAVA_HOME=%PHALANX_JAVA_HOME%"
if not exist "%JAVA_HOME%\bin\javac.exe" (
    echo PHX-0001 Phalanx needs a JDK 25: set PHALANX_JAVA_HOME to the folder of one, Eclipse Temurin 25 for example. 1>&2
    exit /b 70
)
if not exist "%ROOT%target\phalanx.jar" (
    echo Building Phalanx ^(once^) ... 1>&2
    pushd "%ROOT%"
    call mvn -B -q -Dmaven.test.skip=true -Dspotless.check.skip=true package || exit /b 70
    popd
)
rem One pass over a capture is over before the optimizing compiler has earned its time back.
set "COMPILER=-XX:TieredStopAtLevel=4"
for %%c in (inspect filter export) do if "%~1"=="%%c" set "COMPILER=-XX:TieredStopAtLevel=1"
"%JAVA_HOME%\bin\java" %COMPILER% --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Dio.netty.noUnsafe=false -Dio.netty.leakDetection.level=disabled -XX:+UseSerialGC -cp "%ROOT%target\phalanx.jar;%ROOT%target\lib\*" "-Dphalanx.samples=%ROOT%sample-pcaps" %PHALANX_JAVA_OPTS% phalanx.app.Main %*
exit /b %ERRORLEVEL%
