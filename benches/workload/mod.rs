//! The fixed peer workload «order to cash», version 1: generator, master data and control totals.
//!
//! The generator is a 64-bit linear congruential one, used only for orders, in the order of calls that the
//! workload fixes; any other program can run the same work.

pub mod day;

/// Items, codes `I00001`..`I02000`.
pub const ITEMS: i64 = 2_000;
/// Customers, codes `C0001`..`C0500`.
pub const CUSTOMERS: i64 = 500;

/// The workload's generator.
pub struct Lcg(u64);

impl Lcg {
    /// With the workload's seed.
    pub const fn new() -> Self {
        Self(20_261_123)
    }
    fn next31(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }
    /// A number below `below`.
    pub fn below(&mut self, below: i64) -> i64 {
        i64::try_from(self.next31()).unwrap_or(0) % below
    }
}

impl Default for Lcg {
    fn default() -> Self {
        Self::new()
    }
}

/// Cost of the first receipt, in kopecks.
pub const fn cost1(item: i64) -> i64 {
    1_000 * (1 + (item * 7_919) % 91)
}
/// Cost of the second receipt, in kopecks.
pub const fn cost2(item: i64) -> i64 {
    cost1(item) * 11 / 10
}
/// Price of a sale, in kopecks.
pub const fn price(item: i64) -> i64 {
    cost1(item) * 3 / 2
}

/// One line of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// The item's number.
    pub item: i64,
    /// Pieces.
    pub qty: i64,
    /// Kopecks a piece.
    pub price: i64,
}

/// One order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// Its number, from 1.
    pub number: i64,
    /// Days after 2026-02-01.
    pub day: i64,
    /// The customer's number.
    pub customer: i64,
    /// Five lines.
    pub lines: Vec<Line>,
    /// Kopecks.
    pub total: i64,
    /// Kopecks.
    pub paid: i64,
}

/// All orders of a run of `count`.
pub fn orders(count: i64) -> impl Iterator<Item = Order> {
    let mut random = Lcg::new();
    (1..=count).map(move |number| {
        let customer = 1 + random.below(CUSTOMERS);
        let mut lines: Vec<Line> = Vec::with_capacity(5);
        while lines.len() < 5 {
            let item = 1 + random.below(ITEMS);
            if lines.iter().all(|line| line.item != item) {
                lines.push(Line { item, qty: 1 + random.below(5), price: price(item) });
            }
        }
        let total = lines.iter().map(|line| line.qty * line.price).sum();
        let paid = if number % 10 == 0 { total / 2 } else { total };
        Order { number, day: (number - 1) * 150 / count, customer, lines, total, paid }
    })
}

/// What a run must come to, in units and kopecks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Totals {
    /// Orders.
    pub count: i64,
    /// Units sold.
    pub units: i64,
    /// Revenue.
    pub revenue: i64,
    /// Paid.
    pub paid: i64,
    /// Receivable left.
    pub receivable: i64,
    /// Customers with a balance.
    pub debtors: i64,
    /// Cost of sales, moving average.
    pub cost_average: i64,
    /// Cost of sales, FIFO.
    pub cost_fifo: i64,
    /// R1: units in stock at the end of 2026-04-15.
    pub stock_then: i64,
    /// Units in stock at the end.
    pub stock_now: i64,
    /// R2: rows, units, revenue, cost by moving average, cost by FIFO.
    pub sales: (i64, i64, i64, i64, i64),
}

/// The control totals of the workload.
pub const CONTROL: &[Totals] = &[
    Totals {
        count: 100,
        units: 1_521,
        revenue: 99_399_000,
        paid: 95_133_000,
        receivable: 4_266_000,
        debtors: 10,
        cost_average: 72_826_334,
        cost_fifo: 66_291_200,
        stock_then: 1_999_257,
        stock_now: 1_998_479,
        sales: (205, 630, 40_861_500, 29_937_859, 27_241_000),
    },
    Totals {
        count: 300,
        units: 4_514,
        revenue: 305_251_500,
        paid: 290_193_000,
        receivable: 15_058_500,
        debtors: 29,
        cost_average: 223_647_599,
        cost_fifo: 203_779_000,
        stock_then: 1_997_778,
        stock_now: 1_995_486,
        sales: (610, 1_850, 128_697_000, 94_292_002, 85_843_300),
    },
    Totals {
        count: 1_000,
        units: 14_905,
        revenue: 1_002_826_500,
        paid: 951_755_250,
        receivable: 51_071_250,
        debtors: 91,
        cost_average: 734_737_549,
        cost_fifo: 678_469_000,
        stock_then: 1_992_713,
        stock_now: 1_985_095,
        sales: (2_034, 5_964, 401_724_000, 294_329_784, 269_941_600),
    },
    Totals {
        count: 5_000,
        units: 74_702,
        revenue: 5_123_569_500,
        paid: 4_865_978_250,
        receivable: 257_591_250,
        debtors: 317,
        cost_average: 3_753_868_587,
        cost_fifo: 3_665_307_600,
        stock_then: 1_963_118,
        stock_now: 1_925_298,
        sales: (10_112, 30_479, 2_095_363_500, 1_535_202_991, 1_500_899_300),
    },
];
