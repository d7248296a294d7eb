/**
 * Patterns that owners write: of addresses, and of what stands in headers.
 *
 * <p>Promises that a pattern takes time linear in what it is asked about (RE2) and a bounded amount
 * of memory, whoever wrote it; that a broken one is refused when it is set; and that one which got
 * into a record all the same matches nothing and throws nothing.
 *
 * <p>Touches the language of mail, settings and the library for regular expressions.
 *
 * <p>Why a room of its own: bans, posting, joining and the directory's rosters read the same
 * patterns and must understand them alike.
 */
@NullMarked
package org.milena.common.pattern;

import org.jspecify.annotations.NullMarked;
