/**
 * Makes a post ready: the form of archive and digests, and the form that is sent.
 *
 * <p>Promises that, unless a setting of the list asks for more, the body and every field that is
 * not named in docs/services/listexpander-service.md keep their octets and their order, so that the
 * author's DKIM signature stays valid; and that another lap changes nothing.
 *
 * <p>Touches {@code common} only; knows no decision.
 *
 * <p>Why two forms: what is archived for good must carry no link that changes with a setting, and
 * never one that belongs to a recipient.
 */
@NullMarked
package org.milena.listexpander.preparation;

import org.jspecify.annotations.NullMarked;
