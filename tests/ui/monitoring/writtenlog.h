// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include "tests/support/workspacefixture.h"

namespace countersign::test {

/// Writes a log beside the workspace, in folders that are made, and returns its path.
inline QString writtenLog(const WorkspaceFixture &fixture, const QString &name, const QByteArray &text)
{
    QFile file(fixture.filePath(name));
    QDir().mkpath(QFileInfo(file).absolutePath());
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("cannot write a log");
    return file.fileName();
}

} // namespace countersign::test
