package io.linli.groupbuy.sheets.imports;

import io.linli.groupbuy.community.Address;
import io.linli.groupbuy.lifecycle.Item;
import io.linli.groupbuy.sheets.imports.CellError.Reason;
import io.linli.groupbuy.sheets.imports.Goods.Piece;
import io.linli.groupbuy.sheets.imports.Goods.Wanted;
import io.linli.groupbuy.sheets.imports.Grid.Row;
import io.linli.groupbuy.sheets.imports.Header.Name;
import io.linli.groupbuy.sheets.imports.Header.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the rows of a spreadsheet as wishes of receivers, and tells every cell it cannot read.
final class ReadLines {
    private final Header header;
    private final Goods goods;
    private final List<Line> lines = new ArrayList<>();
    private final List<CellError> errors = new ArrayList<>();
    private @Nullable Receiver above;

    private ReadLines(Header header, List<Item> items) {
        this.header = header;
        this.goods = new Goods(items);
    }

    /// Who receives a row's goods. Personal, and kept no longer than it takes to find the household.
    ///
    /// @param cell where the address stands
    record Receiver(int row, String serial, String maskedName, Address address, String cell, boolean doorstep) {}

    /// So many of one item for one receiver.
    record Line(int row, Receiver receiver, Wanted wanted) {}

    record Result(List<Line> lines, List<CellError> errors) {}

    static Result handle(Grid grid, Header header, List<Item> items) {
        var reading = new ReadLines(header, items);
        grid.rows().stream().filter(row -> row.number() > header.row()).forEach(reading::read);
        return new Result(reading.lines, reading.errors);
    }

    private void read(Row row) {
        var told = header.shape() == Shape.QUNJIELONG ? Name.ORDERED : Name.GOODS;
        if ((isEmpty(row, told) && isEmpty(row, Name.QUANTITY)) || isCalledOff(row) || hasFormula(row)) {
            return;
        }
        var wanted = readGoods(row, told);
        findReceiver(row)
                .ifPresent(receiver -> wanted.forEach(each -> lines.add(new Line(row.number(), receiver, each))));
    }

    private boolean isEmpty(Row row, Name name) {
        return header.text(row, name).isEmpty() && !header.cell(row, name).formula();
    }

    private boolean isCalledOff(Row row) {
        var payment = header.text(row, Name.PAYMENT);
        return payment.contains("取消") || payment.contains("退款");
    }

    private boolean hasFormula(Row row) {
        var found = header.columns().keySet().stream()
                .filter(name -> header.cell(row, name).formula())
                .toList();
        found.forEach(name -> errors.add(new CellError(header.place(row, name), Reason.FORMULA, "")));
        return !found.isEmpty();
    }

    private List<Wanted> readGoods(Row row, Name told) {
        var text = header.text(row, told);
        return header.shape() == Shape.KUAITUANTUAN && !text.contains("\n")
                ? readProduct(row, text)
                : readPieces(row, told, text);
    }

    private List<Wanted> readProduct(Row row, String name) {
        var item = goods.find(name, header.text(row, Name.SPECIFICATION));
        var quantity = Goods.quantity(header.text(row, Name.QUANTITY));
        if (item.isEmpty()) {
            fail(row, Name.GOODS, Reason.GOODS_UNKNOWN, name);
        }
        if (quantity.isEmpty()) {
            fail(row, Name.QUANTITY, Reason.QUANTITY_UNREADABLE, header.text(row, Name.QUANTITY));
        }
        return item.isPresent() && quantity.isPresent() ? List.of(new Wanted(item.get(), quantity.get())) : List.of();
    }

    private List<Wanted> readPieces(Row row, Name told, String text) {
        var pieces = goods.read(text);
        pieces.stream()
                .filter(piece -> piece.wanted().isEmpty())
                .forEach(piece -> fail(row, told, Reason.GOODS_UNKNOWN, piece.text()));
        var wanted =
                pieces.stream().map(Piece::wanted).flatMap(Optional::stream).toList();
        if (header.shape() == Shape.KUAITUANTUAN && wanted.size() == pieces.size()) {
            requireSum(row, wanted);
        }
        return wanted;
    }

    private void requireSum(Row row, List<Wanted> wanted) {
        var told = header.text(row, Name.QUANTITY);
        var sum = wanted.stream().mapToInt(Wanted::quantity).sum();
        if (!told.isEmpty()
                && Goods.quantity(told).filter(quantity -> quantity == sum).isEmpty()) {
            fail(row, Name.QUANTITY, Reason.QUANTITY_DIFFERS, told);
        }
    }

    /// A row that names nobody belongs to the one above: exports join the cells of one order.
    private Optional<Receiver> findReceiver(Row row) {
        var names = List.of(Name.SERIAL, Name.RECEIVER, Name.ADDRESS, Name.BUILDING, Name.ROOM);
        if (above != null
                && names.stream().allMatch(name -> header.text(row, name).isEmpty())) {
            return Optional.of(above);
        }
        above = readReceiver(row);
        return Optional.ofNullable(above);
    }

    private @Nullable Receiver readReceiver(Row row) {
        var own = WrittenAddress.read(header.text(row, Name.BUILDING), header.text(row, Name.ROOM));
        var address = own.or(() -> WrittenAddress.read(header.text(row, Name.ADDRESS)));
        var name = header.columns().containsKey(Name.ROOM) ? Name.ROOM : Name.ADDRESS;
        if (address.isEmpty()) {
            fail(row, name, Reason.ADDRESS_UNREADABLE, "");
            return null;
        }
        return new Receiver(
                row.number(),
                header.text(row, Name.SERIAL),
                masked(header.text(row, Name.RECEIVER)),
                address.get(),
                header.place(row, name),
                header.text(row, Name.DELIVERY).contains("上门"));
    }

    private static String masked(String name) {
        return name.isEmpty() ? "*" : name.substring(0, name.offsetByCodePoints(0, 1)) + "*";
    }

    private void fail(Row row, Name name, Reason reason, String text) {
        errors.add(new CellError(header.place(row, name), reason, text));
    }
}
