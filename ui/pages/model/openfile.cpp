// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/openfile.h"

#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QUrl>

#include "core/workspace/importer.h"
#include "ui/pages/model/textviewer.h"
#include "ui/shell/context.h"
#include "ui/shell/dialogservice.h"
#include "ui/widgets/text.h"
#include "ui/widgets/tr.h"

using namespace Qt::StringLiterals;

namespace countersign {

void openAttached(Context &context, QWidget *parent, const QString &fileName, const Hash256 &hash,
                  const std::string &bytes)
{
    const auto suffix = QFileInfo(fileName).suffix().toLower();
    static const QStringList readable{u"md"_s, u"txt"_s, u"csv"_s, u"json"_s, u"log"_s};
    if (readable.contains(suffix)) {
        (new TextViewer(context, fileName, bytes, fileName,
                        suffix == u"md" ? TextViewer::Format::markdown : TextViewer::Format::plain, parent))
            ->open();
        return;
    }
    const auto copy =
        QDir::temp().filePath(u"%1-%2"_s.arg(toQt(hash.hex().substr(0, 12)), QFileInfo(fileName).fileName()));
    if (const auto written = writeFile(toStd(copy), bytes); !written)
        context.dialogs.error(parent, tr("Open %1").arg(fileName), written.error());
    else
        QDesktopServices::openUrl(QUrl::fromLocalFile(copy));
}

} // namespace countersign
