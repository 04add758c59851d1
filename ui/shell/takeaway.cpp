// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/takeaway.h"

#include <QAbstractItemModel>
#include <QFileInfo>
#include <QGuiApplication>

#include "core/report/report.h"
#include "core/workspace/importer.h"
#include "ui/shell/context.h"
#include "ui/shell/dialogservice.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/text.h"
#include "ui/widgets/tr.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

/// A folder that is not there yet: the day, and a number when there is one of that day already.
QString freshFolder(const QString &parent, const QString &day)
{
    auto name = parent + u"/evidence-"_s + day;
    for (int number = 2; QFileInfo::exists(name); ++number)
        name = parent + u"/evidence-%1-%2"_s.arg(day).arg(number);
    return name;
}

} // namespace

void saveAndSay(Context &context, QWidget *parent, MessageBar &messages, const SaveAs &as, const std::string &bytes)
{
    const auto path = context.dialogs.saveFile(parent, as.title, as.suggestion, as.filter);
    if (!path)
        return;
    if (const auto written = writeFile(toStd(*path), bytes); !written)
        messages.showError(written.error());
    else
        messages.showMessage(MessageBar::Kind::success, as.done.arg(*path));
}

void saveBytes(Context &context, QWidget *parent, const QString &title, const QString &suggestion,
               const QString &filter, const std::string &bytes)
{
    const auto path = context.dialogs.saveFile(parent, title, suggestion, filter);
    if (!path)
        return;
    if (const auto written = writeFile(toStd(*path), bytes); !written)
        context.dialogs.error(parent, title, written.error());
}

ReportTable shownAsTable(const QAbstractItemModel &model)
{
    ReportTable table;
    for (int column = 0; column < model.columnCount(); ++column)
        table.header.push_back(toStd(model.headerData(column, Qt::Horizontal).toString()));
    for (int row = 0; row < model.rowCount(); ++row) {
        std::vector<std::string> cells;
        for (int column = 0; column < model.columnCount(); ++column)
            cells.push_back(toStd(model.index(row, column).data().toString()));
        table.rows.push_back(std::move(cells));
    }
    return table;
}

void saveCheckpoint(Context &context, QWidget *parent, MessageBar &messages)
{
    const auto text = context.workspace.checkpoint();
    if (!text) {
        messages.showError(text.error());
        return;
    }
    const auto suggestion = u"checkpoint-%1.txt"_s.arg(context.workspace.registry().size);
    saveAndSay(context, parent, messages,
               {tr("Save checkpoint"), suggestion, tr("Checkpoints (*.txt);;All files (*)"),
                tr("The checkpoint is in %1. Keep it away from this file.")},
               *text);
}

void exportEvidence(Context &context, QWidget *parent, MessageBar &messages)
{
    const auto chosen = context.dialogs.chooseFolder(parent, tr("Folder for the evidence"));
    if (!chosen)
        return;
    const auto folder = freshFolder(*chosen, dateText(context.workspace.today()));
    QGuiApplication::setOverrideCursor(Qt::WaitCursor);
    const auto result = context.workspace.exportEvidence(toStd(folder));
    QGuiApplication::restoreOverrideCursor();
    if (!result)
        messages.showError(result.error());
    else
        messages.showMessage(MessageBar::Kind::success, tr("The evidence is in %1").arg(folder));
}

} // namespace countersign
