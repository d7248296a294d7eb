/**
 * Tokens that we hand out and know again: signed with HMAC-SHA-256 under a key id, each for one
 * purpose.
 *
 * <p>Promises that a token for one purpose is none for another, that comparison takes the same time
 * for every wrong token, and that tokens of retired keys stay readable while their key is kept.
 *
 * <p>Why: unsubscribe links stay good for years, so keys rotate without breaking them. See
 * docs/decisions/0006-tokens.md.
 */
@NullMarked
package org.milena.common.token;

import org.jspecify.annotations.NullMarked;
