// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>

#include <functional>

#include "core/report/report.h"

namespace countersign {

struct Context;
class MessageBar;

/// A button that takes a report away: PDF, web page, text on the clipboard, paper.
class ReportMenu : public QPushButton
{
    Q_OBJECT

public:
    /// `make` gives the report as it stands; `fileName` is suggested, without ending. Says in `messages` what was done.
    ReportMenu(Context &context, const QString &text, std::function<Report()> make, std::function<QString()> fileName,
               MessageBar &messages, QWidget *parent = nullptr);

    /// A further report of the same thing, in a menu of its own below.
    void addReport(const QString &text, std::function<Report()> make, std::function<QString()> fileName);

public Q_SLOTS:
    void savePdf();
    void saveHtml();
    void copyText();

private:
    struct Source
    {
        std::function<Report()> make;
        std::function<QString()> fileName; ///< suggested, without ending
    };
    void fill(QMenu *menu, const Source &source);
    void savePdf(const Source &source);
    void saveHtml(const Source &source);
    void copyText(const Source &source);
    void save(const Source &source, const QString &ending, const QString &filter, const std::string &bytes);

    Context &m_context;
    Source m_source;
    MessageBar &m_messages;
};

} // namespace countersign
