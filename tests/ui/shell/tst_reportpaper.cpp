// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractTextDocumentLayout>
#include <QBuffer>
#include <QPdfWriter>
#include <QTest>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextFrame>
#include <QTextTable>

#include <numeric>

#include "core/report/report.h"
#include "ui/shell/papercolumns.h"
#include "ui/shell/paperpages.h"
#include "ui/shell/reportpaper.h"
#include "ui/widgets/columnwidths.h"
#include "ui/widgets/text.h"

using namespace countersign;
using namespace Qt::StringLiterals;

namespace {

constexpr double width = 480.0 / 72 * 1200; ///< A4 within its margins, in dots of a PDF
constexpr double height = 720.0 / 72 * 1200;

/// A report as the paper lays it out.
class Paper
{
public:
    explicit Paper(const Report &report)
        : m_writer(&m_buffer)
    {
        m_buffer.open(QIODevice::WriteOnly);
        document.setHtml(toQt(toHtml(report)));
        document.setDocumentMargin(0);
        document.documentLayout()->setPaintDevice(&m_writer);
        for (auto *frame : document.rootFrame()->childFrames())
            if (auto *found = qobject_cast<QTextTable *>(frame))
                fitColumns(*found, width, m_writer);
        document.setTextWidth(width);
    }

    [[nodiscard]] QTextTable *table() const
    {
        return qobject_cast<QTextTable *>(document.rootFrame()->childFrames().value(0));
    }

    /// The first word that a line of @p block ends in the middle of.
    static QString brokenWord(const QTextBlock &block)
    {
        const auto text = block.text();
        for (int i = 0; i + 1 < block.layout()->lineCount(); ++i) {
            const auto line = block.layout()->lineAt(i);
            const auto end = line.textStart() + line.textLength();
            if (text[end - 1].isLetterOrNumber() && text[end].isLetterOrNumber())
                return text.mid(line.textStart(), line.textLength()) + u'|' + text.mid(end);
        }
        return {};
    }

    [[nodiscard]] QString brokenWord() const
    {
        for (auto block = document.begin(); block.isValid(); block = block.next())
            if (const auto broken = brokenWord(block); !broken.isEmpty())
                return broken;
        return {};
    }

    QTextDocument document;

private:
    QBuffer m_buffer;
    QPdfWriter m_writer;
};

double sumOf(const std::vector<double> &widths)
{
    return std::accumulate(widths.begin(), widths.end(), 0.0);
}

Report findings(int rows)
{
    Report report{"EB-0003 Simulated credit portfolio", "", {}};
    report.heading(2, "Findings");
    ReportTable table{
        {"Finding", "Severity", "State", "Owner", "Due on", "Raised by", "Remediation plan", "Evidence", "Closure"},
        {},
        {}};
    for (int row = 0; row < rows; ++row)
        table.rows.push_back({"Bureau score goes missing (simulated)\nThe share of missing bureau scores grows.", "Low",
                              "Open", "Model owner, Credit", "2027-01-28", "Validator, Credit models, 2026-10-20",
                              "None yet", "None yet", ""});
    report.table(std::move(table));
    return report;
}

} // namespace

class TestReportPaper : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void columnsAreAsWideAsTheirLinesWhereThatFits()
    {
        QCOMPARE(columnWidths({{20, 60, 40}, {10, 30, 30}}, 100), (std::vector<double>{60, 30}));
        QVERIFY(columnWidths({}, 100).empty());
    }

    void everyColumnKeepsItsLongestWordWhereTheWordsFit()
    {
        const std::vector<ColumnNeed> needs{{50, 1000, 800}, {40, 80, 80}, {70, 70, 70}};
        const auto widths = columnWidths(needs, 300);
        QVERIFY(std::abs(sumOf(widths) - 300) < 0.01);
        for (std::size_t i = 0; i < needs.size(); ++i)
            QVERIFY(widths[i] >= needs[i].least && widths[i] <= needs[i].best);
        QVERIFY(widths[0] > 150); // the long texts get what the words of the others leave
    }

    void onlyTheWidestColumnsAreCutWhereTheWordsDoNotFit()
    {
        const auto widths = columnWidths({{30, 30, 30}, {400, 400, 400}, {500, 500, 500}}, 330);
        QCOMPARE(widths[0], 30.0);
        QVERIFY(std::abs(widths[1] - 150) < 0.01);
        QVERIFY(std::abs(widths[2] - 150) < 0.01);
    }

    void noWordIsBrokenInATableOfManyColumns()
    {
        const Paper paper(findings(3));
        QVERIFY(paper.table());
        QCOMPARE(paper.brokenWord(), QString());
        QVERIFY(paper.document.size().width() <= width + 1);
    }

    void digestsStandOnOneLine()
    {
        Report report{"Report", "", {}};
        report.table({{"Covered", "What", "SHA-256"},
                      {{"document", "Validation report of a model with a long name", std::string(64, 'e')}},
                      {}});
        const Paper paper(report);
        QCOMPARE(paper.table()->cellAt(1, 2).firstCursorPosition().block().layout()->lineCount(), 1);
        QCOMPARE(paper.brokenWord(), QString());
    }

    void aWordWiderThanThePageIsBrokenAndStaysOnIt()
    {
        Report report{"Report", "", {}};
        report.table({{"Name", "Value"}, {{"Limit", std::string(400, 'w')}}, {}});
        const Paper paper(report);
        QVERIFY(paper.document.size().width() <= width + 1);
        QVERIFY(paper.table()->cellAt(1, 1).firstCursorPosition().block().layout()->lineCount() > 1);
    }

    void numbersStandToTheRight()
    {
        Report report{"Report", "", {}};
        report.table({{"Tier", "Red", "All"}, {{"Tier 1", "2", "2 of 3"}, {"Tier 2", "10", "1 of 3"}}, {}});
        const Paper paper(report);
        const auto alignment = [&paper](int row, int column) {
            const auto block = paper.table()->cellAt(row, column).firstCursorPosition().block();
            return block.blockFormat().alignment() & Qt::AlignHorizontal_Mask;
        };
        QCOMPARE(alignment(2, 1), Qt::AlignRight);
        QCOMPARE(alignment(0, 1), Qt::AlignRight);
        QVERIFY(alignment(1, 2) != Qt::AlignRight);
    }

    void rowsStayWholeAndTheHeaderIsRepeated()
    {
        const Paper paper(findings(60));
        const auto pages = paperPages(paper.document, height);
        QVERIFY(pages.size() > 2);
        QCOMPARE(pages.front().header.height(), 0.0);
        const auto &layout = *paper.document.documentLayout();
        for (qsizetype i = 0; i < pages.size(); ++i) {
            const auto &[header, body] = pages[i];
            QVERIFY(header.height() + body.height() <= height);
            QCOMPARE(header.height() > 0, i > 0);
            QCOMPARE(body.top, i == 0 ? 0.0 : pages[i - 1].body.bottom);
            for (auto block = paper.document.begin(); block.isValid(); block = block.next()) {
                const auto place = layout.blockBoundingRect(block);
                QVERIFY(place.height() == 0 || place.bottom() <= body.bottom + 1 || place.top() >= body.bottom - 1);
            }
        }
    }

    void aHeadingStaysWithWhatItHeads()
    {
        // Whatever stands before it, the heading and the first row of its table share a page.
        for (int before = 30; before < 46; ++before) {
            Report report{"Report", "", {}};
            for (int i = 0; i < before; ++i)
                report.paragraph("A line.");
            report.heading(2, "Monitoring");
            report.heading(3, "Breaches");
            report.table({{"Breach", "Result"}, {{"PSI of income", "Red"}, {"PSI of age", "Amber"}}, {}});
            const Paper paper(report);
            const auto pages = paperPages(paper.document, height);
            QVERIFY(pages.size() <= 2);
            const auto pageOf = [&paper, &pages](const QString &text) {
                const auto block = paper.document.find(text, 0, QTextDocument::FindCaseSensitively).block();
                const auto top = paper.document.documentLayout()->blockBoundingRect(block).top();
                return std::ranges::count_if(pages, [top](const PaperPage &page) { return page.body.bottom <= top; });
            };
            QCOMPARE(pageOf(u"Monitoring"_s), pageOf(u"PSI of income"_s));
        }
    }

    void aReportWithNothingInItIsOnePage() { QCOMPARE(reportPdf(Report{}).count("/Type /Page\n"), 1); }

    void aParagraphLongerThanAPageIsCutBetweenItsLines()
    {
        Report report{"Report", "", {}};
        std::string text;
        for (int i = 0; i < 4000; ++i)
            text += "words and ";
        report.paragraph(text);
        const Paper paper(report);
        const auto pages = paperPages(paper.document, height);
        QVERIFY(pages.size() > 1);
        const auto block = paper.document.lastBlock();
        const auto top = paper.document.documentLayout()->blockBoundingRect(block).top();
        for (const auto &page : pages)
            for (int i = 0; i < block.layout()->lineCount(); ++i) {
                const auto line = block.layout()->lineAt(i);
                const auto at = top + line.y();
                QVERIFY(at >= page.body.bottom - 0.01 || at + line.height() <= page.body.bottom + 0.01);
            }
    }
};

QTEST_MAIN(TestReportPaper)
#include "tst_reportpaper.moc"
