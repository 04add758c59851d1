// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/nativedialogs.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>

#include "ui/shell/settings.h"
#include "ui/widgets/text.h"

namespace countersign {

QString NativeDialogs::folder() const
{
    const auto last = m_settings.value(settings::lastFolder).toString();
    return QDir(last).exists() && !last.isEmpty() ? last
                                                  : QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
}

std::optional<QString> NativeDialogs::remembered(const QString &path)
{
    if (path.isEmpty())
        return std::nullopt;
    const QFileInfo info(path);
    m_settings.setValue(settings::lastFolder, info.isDir() ? path : info.absolutePath());
    return path;
}

std::optional<QString> NativeDialogs::openFile(QWidget *parent, const QString &title, const QString &filter)
{
    return remembered(QFileDialog::getOpenFileName(parent, title, folder(), filter));
}

QStringList NativeDialogs::openFiles(QWidget *parent, const QString &title, const QString &filter)
{
    const QStringList paths = QFileDialog::getOpenFileNames(parent, title, folder(), filter);
    remembered(paths.value(0));
    return paths;
}

std::optional<QString> NativeDialogs::saveFile(QWidget *parent, const QString &title, const QString &suggestion,
                                               const QString &filter)
{
    return remembered(QFileDialog::getSaveFileName(parent, title, QDir(folder()).filePath(suggestion), filter));
}

std::optional<QString> NativeDialogs::chooseFolder(QWidget *parent, const QString &title)
{
    return remembered(QFileDialog::getExistingDirectory(parent, title, folder()));
}

bool NativeDialogs::confirm(QWidget *parent, const QString &title, const QString &question, const QString &action)
{
    QMessageBox box(QMessageBox::Question, title, question, QMessageBox::Cancel, parent);
    const auto *button = box.addButton(action, QMessageBox::AcceptRole);
    box.exec();
    return box.clickedButton() == button;
}

void NativeDialogs::inform(QWidget *parent, const QString &title, const QString &text)
{
    QMessageBox::information(parent, title, text);
}

void NativeDialogs::error(QWidget *parent, const QString &title, const Error &error)
{
    if (error.code == ErrorCode::Cancelled)
        return;
    QMessageBox box(QMessageBox::Warning, title, toQt(error.what), QMessageBox::Close, parent);
    box.setInformativeText(toQt(error.remedy));
    box.exec();
}

} // namespace countersign
