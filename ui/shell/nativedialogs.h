// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/dialogservice.h"

class QSettings;

namespace countersign {

/// The dialogs of the desktop. Remembers the folder used last.
class NativeDialogs final : public DialogService
{
public:
    explicit NativeDialogs(QSettings &settings)
        : m_settings(settings)
    {
    }

    std::optional<QString> openFile(QWidget *parent, const QString &title, const QString &filter) override;
    QStringList openFiles(QWidget *parent, const QString &title, const QString &filter) override;
    std::optional<QString> saveFile(QWidget *parent, const QString &title, const QString &suggestion,
                                    const QString &filter) override;
    std::optional<QString> chooseFolder(QWidget *parent, const QString &title) override;
    bool confirm(QWidget *parent, const QString &title, const QString &question, const QString &action) override;
    void inform(QWidget *parent, const QString &title, const QString &text) override;
    void error(QWidget *parent, const QString &title, const Error &error) override;

private:
    [[nodiscard]] QString folder() const;
    std::optional<QString> remembered(const QString &path);

    QSettings &m_settings;
};

} // namespace countersign
