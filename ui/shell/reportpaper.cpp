// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/reportpaper.h"

#include <QAbstractTextDocumentLayout>
#include <QApplication>
#include <QBuffer>
#include <QFontMetricsF>
#include <QPainter>
#include <QPdfWriter>
#include <QPrintDialog>
#include <QPrinter>
#include <QTextDocument>
#include <QTextFrame>
#include <QTextTable>

#include <memory>

#include "core/report/report.h"
#include "ui/shell/papercolumns.h"
#include "ui/shell/paperpages.h"
#include "ui/widgets/text.h"

namespace countersign {

namespace {

constexpr double marginMm = 20;
constexpr int pointSize = 9;

struct Sheet
{
    QRectF whole;
    QRectF body;

    explicit Sheet(const QPagedPaintDevice &device)
        : whole(0, 0, device.width(), device.height())
    {
        const auto margin = marginMm / 25.4 * device.logicalDpiY();
        body = whole.adjusted(margin, margin, -margin, -margin);
    }
};

void layOut(QTextDocument &document, const Report &report, double width, QPagedPaintDevice &device)
{
    document.setDefaultFont(QFont(QApplication::font().family(), pointSize));
    document.setHtml(toQt(toHtml(report)));
    document.setDocumentMargin(0);
    document.documentLayout()->setPaintDevice(&device);
    auto page = document.rootFrame()->frameFormat();
    page.setMargin(0);
    document.rootFrame()->setFrameFormat(page);
    for (auto *frame : document.rootFrame()->childFrames())
        if (auto *table = qobject_cast<QTextTable *>(frame))
            fitColumns(*table, width, device);
    document.setTextWidth(width);
}

/// A stretch of the document, its top at @p at. Lines of a table on its edges are drawn in full.
void drawStretch(QPainter &painter, const QTextDocument &document, const PaperStretch &stretch, const QPointF &at)
{
    const auto line = dotsPerPixel(*painter.device());
    const QRectF part(-line, stretch.top - line, document.textWidth() + 2 * line, stretch.height() + 2 * line);
    painter.save();
    painter.translate(at - QPointF(0, stretch.top));
    painter.setClipRect(part);
    QAbstractTextDocumentLayout::PaintContext context;
    context.clip = part;
    context.palette.setColor(QPalette::Text, Qt::black);
    document.documentLayout()->draw(&painter, context);
    painter.restore();
}

void drawFoot(QPainter &painter, const Sheet &sheet, const QString &title, const QString &number)
{
    const QFont font(QApplication::font().family(), pointSize - 1);
    painter.setFont(font);
    const QFontMetricsF metrics(font, painter.device());
    const QRectF foot(sheet.body.left(), sheet.body.bottom() + metrics.height(), sheet.body.width(), metrics.height());
    const auto room = foot.width() - 2 * metrics.height() - metrics.horizontalAdvance(number);
    painter.drawText(foot, Qt::AlignLeft, metrics.elidedText(title, Qt::ElideRight, room));
    painter.drawText(foot, Qt::AlignRight, number);
}

void printTo(QPagedPaintDevice &device, const Report &report)
{
    QPainter painter(&device);
    const Sheet sheet(device);
    QTextDocument document;
    layOut(document, report, sheet.body.width(), device);
    const auto pages = paperPages(document, sheet.body.height());
    for (qsizetype i = 0; i < pages.size(); ++i) {
        if (i > 0)
            device.newPage();
        const auto &[header, body] = pages[i];
        drawStretch(painter, document, header, sheet.body.topLeft());
        drawStretch(painter, document, body, sheet.body.topLeft() + QPointF(0, header.height()));
        drawFoot(painter, sheet, toQt(report.title),
                 QCoreApplication::translate("ReportPaper", "%1 of %2").arg(i + 1).arg(pages.size()));
    }
}

} // namespace

QByteArray reportPdf(const Report &report)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer);
        writer.setPageSize(QPageSize(QPageSize::A4));
        writer.setPageMargins(QMarginsF());
        writer.setTitle(toQt(report.title));
        writer.setCreator(QStringLiteral("Countersign"));
        printTo(writer, report);
    }
    return bytes;
}

void printReport(const Report &report, QWidget *parent)
{
    auto printer = std::make_shared<QPrinter>(QPrinter::HighResolution);
    printer->setFullPage(true); // the margins are the sheet's own
    auto *dialog = new QPrintDialog(printer.get(), parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &QDialog::accepted, dialog, [report, printer] { printTo(*printer, report); });
    dialog->open();
}

} // namespace countersign
