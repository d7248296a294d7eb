/**
 * A mail as people see it: its text as HTML with quotes, signature and patches told apart, its HTML
 * made harmless, and the whole of it without addresses.
 *
 * <p>Promises: nothing from a mail runs, loads or leads anywhere but to the web; whatever a mail
 * holds, there is a result. Without recursion, in time in proportion to the mail.
 */
@NullMarked
package org.milena.archive.rendering;

import org.jspecify.annotations.NullMarked;
