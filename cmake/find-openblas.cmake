# Finds the static OpenBLAS that HiGHS's interior point solver HiPO needs ($OPENBLAS_DIR is a
# hint), and puts it where the build script of highs-sys looks for it. Without one HiGHS is built
# without HiPO, and empty libraries stand in for the two that the build script links.
find_library(SYSTEM_OPENBLAS NAMES libopenblas.a HINTS $ENV{OPENBLAS_DIR}
             PATH_SUFFIXES openblas-serial openblas-pthread)
if(SYSTEM_OPENBLAS)
  message(STATUS "HiPO with ${SYSTEM_OPENBLAS}")
  find_package(Threads REQUIRED)
  set(BLAS_LIBRARIES "${SYSTEM_OPENBLAS}" CACHE STRING "" FORCE)
  get_filename_component(openblas "${SYSTEM_OPENBLAS}" REALPATH)
  install(FILES "${openblas}" DESTINATION lib RENAME libopenblas.a)
else()
  message(STATUS "no static OpenBLAS: HiGHS without HiPO")
  set(HIPO OFF CACHE BOOL "HiPO needs OpenBLAS" FORCE)
  foreach(library openblas highs_extras)
    file(WRITE "${CMAKE_BINARY_DIR}/empty/lib${library}.a" "!<arch>\n")
    install(FILES "${CMAKE_BINARY_DIR}/empty/lib${library}.a" DESTINATION lib)
  endforeach()
endif()
