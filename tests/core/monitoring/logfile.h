// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTemporaryDir>

#include <fstream>
#include <string>
#include <string_view>

/// Scoring logs of a test in a folder that goes away with it.
class LogFolder
{
public:
    /// Writes `bytes` and returns the file's path.
    std::string write(const char *name, std::string_view bytes) const
    {
        const std::string file = path(name);
        std::ofstream(file, std::ios::binary) << bytes;
        return file;
    }
    [[nodiscard]] std::string path(const char *name) const
    {
        return m_folder.filePath(QString::fromUtf8(name)).toStdString();
    }

private:
    QTemporaryDir m_folder;
};
