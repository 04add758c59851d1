// SPDX-License-Identifier: GPL-3.0-or-later
//
// A report on paper: the one place that knows size and margins.
#pragma once

#include <QByteArray>

class QWidget;

namespace countersign {

struct Report;

/// A4 with margins of 20 mm, as a PDF file.
[[nodiscard]] QByteArray reportPdf(const Report &report);
/// Asks for a printer and prints.
void printReport(const Report &report, QWidget *parent);

} // namespace countersign
