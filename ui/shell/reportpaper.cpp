// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/reportpaper.h"

#include <QApplication>
#include <QBuffer>
#include <QPdfWriter>
#include <QPrintDialog>
#include <QPrinter>
#include <QTextDocument>

#include <memory>

#include "core/report/report.h"
#include "ui/widgets/text.h"

namespace countersign {

namespace {

constexpr double marginMm = 0; ///< QTextDocument::print adds its own 20 mm, with the page number in them
constexpr int pointSize = 9;

void printTo(QPagedPaintDevice &device, const Report &report)
{
    QTextDocument document;
    document.setDefaultFont(QFont(QApplication::font().family(), pointSize));
    document.setHtml(toQt(toHtml(report)));
    document.print(&device);
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
        writer.setPageMargins(QMarginsF(marginMm, marginMm, marginMm, marginMm), QPageLayout::Millimeter);
        writer.setTitle(toQt(report.title));
        writer.setCreator(QStringLiteral("Countersign"));
        printTo(writer, report);
    }
    return bytes;
}

void printReport(const Report &report, QWidget *parent)
{
    auto printer = std::make_shared<QPrinter>(QPrinter::HighResolution);
    auto *dialog = new QPrintDialog(printer.get(), parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &QDialog::accepted, dialog, [report, printer] { printTo(*printer, report); });
    dialog->open();
}

} // namespace countersign
