/**
 * Gets each copy to its next hop, or says why not.
 *
 * <p>Rooms in the order of a copy's way: {@code kafka} takes deliveries from their topic, {@code
 * job} keeps account of them, {@code route} and {@code dns} find the next hop, {@code net} holds
 * connections and {@code session} speaks SMTP over them, {@code personal} adds what is the
 * recipient's own, {@code outcome} judges replies, {@code retry} says when to try again. {@code
 * capture} and {@code file} take the place of the net where nothing may leave the machine; {@code
 * queue} and {@code web} show operators what waits.
 */
@NullMarked
package org.milena.egress;

import org.jspecify.annotations.NullMarked;
