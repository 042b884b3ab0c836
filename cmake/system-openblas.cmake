# Read by cmake before HiGHS's own files, because .cargo/config.toml says so.
# The build script of highs-sys asks for an OpenBLAS fetched from the network; the one of this
# system is taken instead, once HiGHS's project is begun.
set(BUILD_OPENBLAS OFF CACHE BOOL "OpenBLAS is the system's" FORCE)
set(CMAKE_PROJECT_HIGHS_INCLUDE "${CMAKE_CURRENT_LIST_DIR}/find-openblas.cmake")
# Several of its files compiled as one: half the time (10 min 38 s of CPU, 5 min 45 s so).
set(CMAKE_UNITY_BUILD ON)
set(CMAKE_UNITY_BUILD_BATCH_SIZE 12)
