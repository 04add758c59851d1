// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/options.h"

#include <QCommandLineParser>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace countersign {

namespace {
constexpr int wrongUse = 2;
}

std::optional<Options> parseOptions(const QStringList &arguments, int &exitCode)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Model governance on one signed file."_s);
    const auto help = parser.addHelpOption();
    const auto version = parser.addVersionOption();
    const QCommandLineOption readOnly(u"read-only"_s, u"Open FILE for reading; nothing on the disk is touched."_s);
    const QCommandLineOption keystore(u"keystore"_s, u"Folder of the signing keys."_s, u"DIR"_s);
    const QCommandLineOption pictures(u"pictures"_s, u"Save a picture of every page of FILE into DIR and end."_s,
                                      u"DIR"_s);
    const QCommandLineOption demo(u"demo"_s, u"Open the demonstration."_s);
    parser.addOptions({readOnly, keystore, pictures, demo});
    parser.addPositionalArgument(u"FILE"_s, u"Workspace to open."_s, u"[FILE]"_s);

    const auto refuse = [&](const QString &why) {
        std::fprintf(stderr, "countersign: %s\n", qPrintable(why));
        exitCode = wrongUse;
        return std::nullopt;
    };
    if (!parser.parse(arguments))
        return refuse(parser.errorText());
    exitCode = 0;
    if (parser.isSet(help)) {
        std::fputs(qPrintable(parser.helpText()), stdout);
        return std::nullopt;
    }
    if (parser.isSet(version)) {
        std::fputs("countersign " COUNTERSIGN_VERSION "\n", stdout);
        return std::nullopt;
    }
    const auto files = parser.positionalArguments();
    if (files.size() > 1)
        return refuse(u"only one FILE can be opened."_s);
    Options options;
    options.file = files.value(0);
    options.readOnly = parser.isSet(readOnly);
    options.keystore = parser.value(keystore);
    options.pictures = parser.value(pictures);
    options.demo = parser.isSet(demo);
    if (parser.isSet(pictures) && options.file.isEmpty())
        return refuse(u"--pictures needs a FILE."_s);
    return options;
}

} // namespace countersign
