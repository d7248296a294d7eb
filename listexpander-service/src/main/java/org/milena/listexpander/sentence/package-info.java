/**
 * Sentences that stand inside the texts of mails: why a post is held, what became of a command.
 *
 * <p>Promises that each is there in every language with the same places, that its English is
 * written once, in the catalogue, and that whatever cannot be said in a language is said in
 * English.
 *
 * <p>Touches {@code common} and the languages of {@link org.milena.listexpander.template}.
 *
 * <p>Why no templates: nobody but us writes them, and they are put together from one another.
 */
@NullMarked
package org.milena.listexpander.sentence;

import org.jspecify.annotations.NullMarked;
