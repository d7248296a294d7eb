/**
 * Marks in found texts what was looked for, and cuts the best pieces out of them.
 *
 * <p>Promises: what is marked is what an index of these settings takes for the same word, for both
 * ask the same analysers; texts are gone through once, and words that cannot be meant are passed
 * over by their first letter. Nothing here knows of an index, or of HTML.
 */
@NullMarked
package org.milena.archive.marking;

import org.jspecify.annotations.NullMarked;
