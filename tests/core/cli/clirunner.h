// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QString>
#include <QStringList>

#include <boost/json.hpp>
#include <string>

/// What a call of the built countersign-cli printed.
struct CliResult
{
    int exitCode = -1;
    std::string out;
    std::string err;

    [[nodiscard]] boost::json::object json() const { return boost::json::parse(out).as_object(); }
};

inline CliResult runCli(const QStringList &arguments)
{
    QProcess process;
    process.start(QString::fromUtf8(BIN_DIR "/countersign-cli"), arguments);
    if (!process.waitForFinished(120000) || process.exitStatus() != QProcess::NormalExit)
        return {};
    return {process.exitCode(), process.readAllStandardOutput().toStdString(),
            process.readAllStandardError().toStdString()};
}
