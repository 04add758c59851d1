// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an auditor takes away, asked for from the menu and from the Audit page alike.
#pragma once

class QWidget;

namespace countersign {

struct Context;
class MessageBar;

/// Asks where, saves the checkpoint of the log as it stands, and says so in `messages`.
void saveCheckpoint(Context &context, QWidget *parent, MessageBar &messages);
/// Asks for a folder and writes the evidence package into a new one below it.
void exportEvidence(Context &context, QWidget *parent, MessageBar &messages);

} // namespace countersign
