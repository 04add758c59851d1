// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include <iostream>

int main(int argc, char **argv)
{
    using namespace countersign::cli;
    return runCommandLine(argc, argv, allCommands(), std::cout, std::cerr);
}
