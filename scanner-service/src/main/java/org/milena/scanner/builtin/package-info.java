/**
 * The checks that are always there: the test virus EICAR in whatever encoding mail knows, blocked
 * types of attachments by name and by content, documents with macros or behind a password, and
 * limits on what a message may unfold to.
 *
 * <p>Promises to come to an end within its limits on any input: it never recurses deeper than they
 * say, holds no unpacked content in memory (a 7z archive is held packed, within its scan's share),
 * takes no more memory for what archives ask than the scans of an engine have together, and calls
 * what is over a limit unscannable, never clean. A scan that waits in vain for memory is an outage,
 * which is nobody's fault.
 *
 * <p>Touches mime4j, and through its archives commons-compress, xz and zstd-jni.
 *
 * <p>Why: a site without an antivirus engine must still see that scanning works, and what an engine
 * would have to unpack for minutes should not reach it as a surprise. This is no antivirus engine:
 * it knows one signature.
 */
@NullMarked
package org.milena.scanner.builtin;

import org.jspecify.annotations.NullMarked;
