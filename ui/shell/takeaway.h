// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person takes away as a file: asked where to, written, and said so.
#pragma once

#include <QString>

#include <string>

class QAbstractItemModel;
class QWidget;

namespace countersign {

struct Context;
class MessageBar;
struct ReportTable;

/// How a file is asked for.
struct SaveAs
{
    QString title;
    QString suggestion; ///< of its name
    QString filter;
    QString done; ///< said when it is written; the last place in it becomes the path
};

/// Asks where to, writes `bytes` there and says in `messages` what came of it. A cancelled question does nothing.
void saveAndSay(Context &context, QWidget *parent, MessageBar &messages, const SaveAs &as, const std::string &bytes);
/// The same where there is no message bar: an error is shown in a dialog.
void saveBytes(Context &context, QWidget *parent, const QString &title, const QString &suggestion,
               const QString &filter, const std::string &bytes);
/// What a table shows, with its headings.
[[nodiscard]] ReportTable shownAsTable(const QAbstractItemModel &model);

/// Asks where, saves the checkpoint of the log as it stands, and says so in `messages`.
void saveCheckpoint(Context &context, QWidget *parent, MessageBar &messages);
/// Asks for a folder and writes the evidence package into a new one below it.
void exportEvidence(Context &context, QWidget *parent, MessageBar &messages);

} // namespace countersign
