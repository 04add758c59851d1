// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>

#include "app/gui/application.h"

int main(int argc, char *argv[])
{
    QApplication qt(argc, argv);
    QApplication::setApplicationName(QStringLiteral("countersign"));
    QApplication::setApplicationDisplayName(QStringLiteral("Countersign"));
    QApplication::setApplicationVersion(QStringLiteral(COUNTERSIGN_VERSION));
    int exitCode = 0;
    const auto options = countersign::parseOptions(QApplication::arguments(), exitCode);
    if (!options)
        return exitCode;
    return countersign::Application(qt, *options).run();
}
