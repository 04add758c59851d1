// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the window remembers, and under which names. Nothing governed is kept here.
#pragma once

#include <QString>

namespace countersign::settings {

inline const QString windowGeometry = QStringLiteral("window/geometry");
inline const QString navigationSplitter = QStringLiteral("window/navigation");
inline const QString theme = QStringLiteral("window/theme");
inline const QString recentFiles = QStringLiteral("files/recent");
inline const QString lastFolder = QStringLiteral("files/folder");
inline const QString lastUser = QStringLiteral("people/last");
inline const QString inventoryColumns = QStringLiteral("inventory/columns");
inline const QString portfolioBy = QStringLiteral("portfolio/by");
inline const QString portfolioColumns = QStringLiteral("portfolio/columns");
inline const QString reviewColumns = QStringLiteral("reviews/columns");
inline const QString campaignColumns = QStringLiteral("attestation/columns");
inline const QString dataColumns = QStringLiteral("data/columns");
inline const QString policyDrafts = QStringLiteral("policy/drafts");
inline const QString auditColumns = QStringLiteral("audit/columns");
inline const QString auditSplitter = QStringLiteral("audit/splitter");

} // namespace countersign::settings
