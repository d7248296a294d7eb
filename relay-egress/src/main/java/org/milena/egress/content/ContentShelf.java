package org.milena.egress.content;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.MailPointer;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.failure.OutageException;
import org.milena.common.stage.MailReader;
import org.milena.common.stage.MailReader.StoredMail;
import org.milena.common.stage.MailRecords;

/**
 * Lends messages out, and keeps those lately used. Who asks for more than there is room for waits
 * until others give back. Safe for use by several threads.
 */
public final class ContentShelf {
  /** Messages read at the same time: what they need comes on top of the budget. */
  private static final int LOADS = 4;

  private final MailReader reader;
  private final long budget;
  private final Map<MailPointer, Slot> slots = new LinkedHashMap<>(64, 0.75f, true);
  private long octets;
  private int loads;

  private static final class Slot {
    @Nullable Content content;
    int users;
  }

  /** A message that is kept until it is given back. */
  public final class Lease implements AutoCloseable {
    private final MailPointer pointer;
    private final Content content;
    private boolean closed;

    private Lease(MailPointer pointer, Content content) {
      this.pointer = pointer;
      this.content = content;
    }

    /** What it is of. */
    public MailPointer pointer() {
      return pointer;
    }

    /** The message. */
    public Content content() {
      return content;
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        giveBack(pointer);
      }
    }
  }

  /**
   * @param budget octets
   */
  public ContentShelf(MailReader reader, long budget) {
    this.reader = reader;
    this.budget = budget;
  }

  /**
   * Lends a message; waits for it and for room.
   *
   * @throws org.milena.common.stage.DeadPointerException when it is not there
   * @throws org.milena.common.failure.UnreadableRecordException when it says nothing of itself
   * @throws OutageException when it cannot be read now
   */
  public Lease borrow(MailPointer pointer) {
    Content found = reserve(pointer);
    return new Lease(pointer, found == null ? load(pointer) : found);
  }

  /** The message if it is there; else a place for it, which the caller must fill. */
  private synchronized @Nullable Content reserve(MailPointer pointer) {
    while (true) {
      Slot slot = slots.get(pointer);
      if (slot != null && slot.content != null) {
        slot.users++;
        return slot.content;
      }
      if (slot == null && loads < LOADS && (inUse() < budget || octets == 0)) {
        slots.put(pointer, new Slot());
        loads++;
        return null;
      }
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new OutageException("interrupted while waiting for a message", e);
      }
    }
  }

  private long inUse() {
    if (octets < budget) {
      return octets;
    }
    long sum = 0;
    for (Slot slot : slots.values()) {
      sum += slot.content != null && slot.users > 0 ? slot.content.octets() : 0;
    }
    return sum;
  }

  private Content load(MailPointer pointer) {
    Content content = null;
    try {
      StoredMail mail = reader.read(pointer);
      OutgoingMeta meta = MailRecords.meta(mail.record(), OutgoingMeta.class);
      content = Content.of(mail.message(), meta);
      return content;
    } finally {
      loaded(pointer, content);
    }
  }

  private synchronized void loaded(MailPointer pointer, @Nullable Content content) {
    loads--;
    Slot slot = slots.get(pointer);
    if (content == null || slot == null) {
      slots.remove(pointer);
    } else {
      slot.content = content;
      slot.users = 1;
      octets += content.octets();
      makeRoom();
    }
    notifyAll();
  }

  private synchronized void giveBack(MailPointer pointer) {
    Slot slot = slots.get(pointer);
    if (slot != null) {
      slot.users--;
      makeRoom();
      notifyAll();
    }
  }

  /** Lets go of what nobody uses, the longest unused first. */
  private void makeRoom() {
    Iterator<Slot> oldest = slots.values().iterator();
    while (octets > budget && oldest.hasNext()) {
      Slot slot = oldest.next();
      if (slot.content != null && slot.users == 0) {
        octets -= slot.content.octets();
        oldest.remove();
      }
    }
  }

  /** Octets held now. */
  public synchronized long heldOctets() {
    return octets;
  }
}
