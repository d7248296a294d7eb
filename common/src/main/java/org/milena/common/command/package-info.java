/**
 * Changes somebody wants of a list or an account, and what became of them.
 *
 * <p>A command is written to the sequence of its list on {@code mail.lists}, where posts and
 * commands have one order and one owner; the outcome comes back on {@code lists.outcomes}, in the
 * transaction that holds its effects. {@link org.milena.common.command.Commands} sends and waits.
 *
 * <p>Why: two instances never lose an update. See docs/decisions/0003-one-writer-per-list.md.
 */
@NullMarked
package org.milena.common.command;

import org.jspecify.annotations.NullMarked;
