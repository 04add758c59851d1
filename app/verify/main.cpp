// SPDX-License-Identifier: GPL-3.0-or-later
//
// countersign-verify: checks a workspace file offline. Exit codes: 0 valid, 1 broken, 2 could not run.
#include "app/verify/verifyprogram.h"

#include <iostream>

int main(int argc, char **argv)
{
    return countersign::verify::runProgram(argc, argv, std::cout, std::cerr);
}
