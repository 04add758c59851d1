// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace countersign {

struct Context;

/// A text to read, copy and save: a document, a receipt, a signed entry.
class TextViewer : public QDialog
{
    Q_OBJECT

public:
    enum class Format { plain, markdown };

    /// `fileName` is what saving suggests. Saved are exactly `bytes`.
    TextViewer(Context &context, const QString &title, std::string bytes, const QString &fileName, Format format,
               QWidget *parent);

private:
    void save();

    Context &m_context;
    std::string m_bytes;
    QString m_fileName;
};

} // namespace countersign
