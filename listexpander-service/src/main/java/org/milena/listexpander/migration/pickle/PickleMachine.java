package org.milena.listexpander.migration.pickle;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.milena.common.header.OneLine;
import org.milena.listexpander.migration.pickle.PickleNode.ClassName;
import org.milena.listexpander.migration.pickle.PickleNode.Dictionary;
import org.milena.listexpander.migration.pickle.PickleNode.Leaf;
import org.milena.listexpander.migration.pickle.PickleNode.Sequence;
import org.milena.listexpander.migration.pickle.PickleNode.SetOf;
import org.milena.listexpander.migration.pickle.PickleNode.Thing;

/**
 * Follows the words of one pickle: a stack, the marks on it, and a memo.
 *
 * <p>Each word does a bounded amount of work, or as much as was put on the stack before; so the
 * whole is linear in the octets.
 */
final class PickleMachine {
  private static final int NEWEST_PROTOCOL = 2;
  private static final int LONGEST_CLASS_NAME = 80;

  private final PickleInput in;
  private final PickleLimits limits;
  private final List<PickleNode> stack = new ArrayList<>();
  private final List<Integer> marks = new ArrayList<>();
  private final Map<Integer, PickleNode> memo = new HashMap<>();
  private int pushed;

  // the word that is being followed
  private Opcode opcode = Opcode.STOP;
  private int offset;

  PickleMachine(byte[] octets, PickleLimits limits) {
    this.in = new PickleInput(octets);
    this.limits = limits;
  }

  /** What lies on top of the stack at the end. */
  PickleNode run() throws Refusal {
    while (true) {
      offset = in.position();
      int octet = in.u1();
      Optional<Opcode> known = Opcode.of(octet);
      if (known.isEmpty()) {
        throw new Refusal(
            "The octet 0x%02x at %d is no word of a pickle.".formatted(octet, offset), offset);
      }
      opcode = known.get();
      if (opcode == Opcode.STOP) {
        return pop();
      }
      step();
    }
  }

  private void step() throws Refusal {
    switch (opcode) {
      case MARK -> mark();
      case POP -> dropOne();
      case POP_MARK -> popToMark();
      case DUP -> push(top());
      case NONE -> push(new PickleValue.None());
      case NEWTRUE -> push(new PickleValue.Bool(true));
      case NEWFALSE -> push(new PickleValue.Bool(false));
      case INT -> pushInt(in.latinLine());
      case LONG -> pushLong(in.latinLine());
      case BININT -> push(in.i4());
      case BININT1 -> push(in.u1());
      case BININT2 -> push(in.u2());
      case LONG1 -> pushBinaryLong(in.u1());
      case LONG4 -> pushBinaryLong(in.i4());
      case FLOAT ->
          push(
              new PickleValue.Real(
                  orRefuse(PythonLiterals.real(in.latinLine()), "holds no number")));
      case BINFLOAT -> push(new PickleValue.Real(in.real()));
      case STRING -> pushText(orRefuse(PythonLiterals.string(in.line()), "holds no string"));
      case BINSTRING -> pushText(in.take(in.i4()));
      case SHORT_BINSTRING -> pushText(in.take(in.u1()));
      case UNICODE ->
          push(
              new PickleValue.Unicode(
                  orRefuse(PythonLiterals.rawUnicode(in.line()), "holds no text")));
      case BINUNICODE ->
          push(new PickleValue.Unicode(new String(in.take(in.i4()), StandardCharsets.UTF_8)));
      case EMPTY_LIST -> push(new Sequence(true, new ArrayList<>(), offset));
      case LIST -> push(new Sequence(true, popToMark(), offset));
      case EMPTY_TUPLE -> push(new Sequence(false, List.of(), offset));
      case TUPLE -> push(new Sequence(false, popToMark(), offset));
      case TUPLE1 -> pushTuple(1);
      case TUPLE2 -> pushTuple(2);
      case TUPLE3 -> pushTuple(3);
      case APPEND -> {
        PickleNode item = pop();
        list().items.add(item);
      }
      case APPENDS -> {
        List<PickleNode> items = popToMark();
        list().items.addAll(items);
      }
      case EMPTY_DICT -> push(new Dictionary(offset));
      case DICT -> {
        Dictionary made = new Dictionary(offset);
        addPairs(made, popToMark());
        push(made);
      }
      case SETITEM -> {
        PickleNode value = pop();
        PickleNode key = pop();
        addPairs(dictionary(), List.of(key, value));
      }
      case SETITEMS -> {
        List<PickleNode> pairs = popToMark();
        addPairs(dictionary(), pairs);
      }
      case PUT -> remember(memoIndex());
      case BINPUT -> remember(in.u1());
      case LONG_BINPUT -> remember(in.i4());
      case GET -> recall(memoIndex());
      case BINGET -> recall(in.u1());
      case LONG_BINGET -> recall(in.i4());
      case GLOBAL -> push(new ClassName(readClassName(), offset));
      case REDUCE -> reduce();
      case INST -> make(readClassName(), popToMark());
      case OBJ -> makeOfMark();
      case NEWOBJ -> makeOfTuple();
      case BUILD -> build();
      case PROTO -> {
        int protocol = in.u1();
        if (protocol > NEWEST_PROTOCOL) {
          throw refusal("is of protocol " + protocol + "; Python 2 writes 0 to 2");
        }
      }
      case PERSID, BINPERSID -> throw refusal("points at something outside of the pickle");
      case EXT1, EXT2, EXT4 -> throw refusal("names a class by a number");
      case BINBYTES,
          SHORT_BINBYTES,
          SHORT_BINUNICODE,
          BINUNICODE8,
          BINBYTES8,
          EMPTY_SET,
          ADDITEMS,
          FROZENSET,
          NEWOBJ_EX,
          STACK_GLOBAL,
          MEMOIZE,
          FRAME,
          BYTEARRAY8,
          NEXT_BUFFER,
          READONLY_BUFFER ->
          throw refusal("is a word of Python 3");
      case STOP -> throw new AssertionError("ends the loop");
    }
  }

  private void push(PickleNode node) throws Refusal {
    if (++pushed > limits.values()) {
      throw new Refusal("The pickle holds more than " + limits.values() + " values.", offset);
    }
    stack.add(node);
  }

  private void push(PickleValue value) throws Refusal {
    push(new Leaf(value, offset));
  }

  private void push(int number) throws Refusal {
    push(new PickleValue.Int(BigInteger.valueOf(number)));
  }

  private void pushText(byte[] octets) throws Refusal {
    push(PickleValue.Text.wrap(octets));
  }

  private void pushTuple(int size) throws Refusal {
    PickleNode[] items = new PickleNode[size];
    for (int i = size - 1; i >= 0; i--) {
      items[i] = pop();
    }
    push(new Sequence(false, List.of(items), offset));
  }

  private int floor() {
    return marks.isEmpty() ? 0 : marks.getLast();
  }

  private PickleNode top() throws Refusal {
    if (stack.size() <= floor()) {
      throw refusal("finds nothing on the stack");
    }
    return stack.getLast();
  }

  private PickleNode pop() throws Refusal {
    PickleNode last = top();
    stack.removeLast();
    return last;
  }

  /** Python's POP takes away a mark, too. */
  private void dropOne() throws Refusal {
    if (!marks.isEmpty() && stack.size() == floor()) {
      marks.removeLast();
    } else {
      var _ = pop();
    }
  }

  private void mark() throws Refusal {
    if (marks.size() >= limits.depth()) {
      throw new Refusal("The pickle is deeper than " + limits.depth() + ".", offset);
    }
    marks.add(stack.size());
  }

  private List<PickleNode> popToMark() throws Refusal {
    if (marks.isEmpty()) {
      throw refusal("finds no mark");
    }
    List<PickleNode> above = stack.subList(marks.removeLast(), stack.size());
    List<PickleNode> taken = new ArrayList<>(above);
    above.clear();
    return taken;
  }

  private Sequence list() throws Refusal {
    if (top() instanceof Sequence list && list.growing) {
      return list;
    }
    throw refusal("finds no list");
  }

  private Dictionary dictionary() throws Refusal {
    if (top() instanceof Dictionary dictionary) {
      return dictionary;
    }
    throw refusal("finds no dictionary");
  }

  private void addPairs(Dictionary dictionary, List<PickleNode> pairs) throws Refusal {
    if (pairs.size() % 2 != 0) {
      throw refusal("finds a key without a value");
    }
    dictionary.pairs.addAll(pairs);
  }

  private int memoIndex() throws Refusal {
    return orRefuse(PythonLiterals.integer(in.latinLine(), 10), "holds no number")
        .min(BigInteger.valueOf(Integer.MAX_VALUE))
        .intValue();
  }

  private void remember(int index) throws Refusal {
    if (index < 0) {
      throw refusal("has a number below 0, or one that is too great");
    }
    memo.put(index, top());
    if (memo.size() > limits.memo()) {
      throw new Refusal("The pickle remembers more than " + limits.memo() + " values.", offset);
    }
  }

  private void recall(int index) throws Refusal {
    PickleNode known = memo.get(index);
    if (known == null) {
      throw refusal("recalls what was never remembered");
    }
    push(known);
  }

  private void pushInt(String line) throws Refusal {
    switch (line) {
      case "00" -> push(new PickleValue.Bool(false));
      case "01" -> push(new PickleValue.Bool(true));
      default -> pushDecimal(line);
    }
  }

  private void pushLong(String line) throws Refusal {
    pushDecimal(line.endsWith("L") ? line.substring(0, line.length() - 1) : line);
  }

  private void pushDecimal(String digits) throws Refusal {
    push(
        new PickleValue.Int(
            orRefuse(
                PythonLiterals.integer(digits, limits.digits()),
                "holds no whole number, or one of more than " + limits.digits() + " digits")));
  }

  /** In two's complement, the lowest octet first. */
  private void pushBinaryLong(int length) throws Refusal {
    if (length < 0 || length > limits.digits() / 2) { // a digit is less than half an octet
      throw refusal("holds a number of more than " + limits.digits() + " digits");
    }
    byte[] number = in.take(length);
    for (int i = 0, j = length - 1; i < j; i++, j--) {
      byte low = number[i];
      number[i] = number[j];
      number[j] = low;
    }
    push(new PickleValue.Int(length == 0 ? BigInteger.ZERO : new BigInteger(number)));
  }

  private AllowedClass readClassName() throws Refusal {
    String module = in.latinLine();
    String name = in.latinLine();
    Optional<AllowedClass> allowed = AllowedClass.of(module, name);
    if (allowed.isEmpty()) {
      throw refusal(
          "names "
              + OneLine.of(module + '.' + name, LONGEST_CLASS_NAME)
              + ", which is none of the classes a list is made of");
    }
    return allowed.get();
  }

  private AllowedClass className(PickleNode node) throws Refusal {
    if (node instanceof ClassName name) {
      return name.allowed;
    }
    throw refusal("finds no class");
  }

  /** A call of a class: only a set of a list, which calls nothing here. */
  private void reduce() throws Refusal {
    PickleNode arguments = pop();
    AllowedClass called = className(pop());
    boolean set = called == AllowedClass.SET || called == AllowedClass.FROZEN_SET;
    if (set
        && arguments instanceof Sequence tuple
        && !tuple.growing
        && tuple.items.size() == 1
        && tuple.items.getFirst() instanceof Sequence list
        && list.growing) {
      push(new SetOf(list, offset));
      return;
    }
    throw refusal("calls " + called.fullName() + "; only a set may be made, and of a list");
  }

  private void makeOfMark() throws Refusal {
    List<PickleNode> parts = popToMark();
    if (parts.isEmpty()) {
      throw refusal("finds no class");
    }
    make(className(parts.getFirst()), parts.subList(1, parts.size()));
  }

  private void makeOfTuple() throws Refusal {
    PickleNode arguments = pop();
    AllowedClass made = className(pop());
    if (!(arguments instanceof Sequence tuple) || tuple.growing) {
      throw refusal("finds no arguments");
    }
    make(made, tuple.items);
  }

  private void make(AllowedClass made, List<PickleNode> arguments) throws Refusal {
    if (made != AllowedClass.BOUNCE_INFO || !arguments.isEmpty()) {
      throw refusal(
          "makes an object of "
              + made.fullName()
              + "; only "
              + AllowedClass.BOUNCE_INFO.fullName()
              + " may be one, and takes no arguments");
    }
    push(new Thing(offset));
  }

  /** Gives an object its attributes; {@link Freezer} looks at their names. */
  private void build() throws Refusal {
    PickleNode state = pop();
    if (!(top() instanceof Thing thing)) {
      throw refusal("gives attributes to what is no object");
    }
    if (!(state instanceof Dictionary attributes) || thing.state != null) {
      throw refusal("gives an object other attributes than one dictionary");
    }
    thing.state = attributes;
  }

  private <T> T orRefuse(Optional<T> found, String otherwise) throws Refusal {
    if (found.isEmpty()) {
      throw refusal(otherwise);
    }
    return found.get();
  }

  /** {@code "GLOBAL at 12 names os.system, ..."}. */
  private Refusal refusal(String what) {
    return new Refusal(opcode + " at " + offset + " " + what + ".", offset);
  }
}
