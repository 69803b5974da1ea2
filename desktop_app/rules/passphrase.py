"""A password of four words and a number that can be read out over the telephone and typed as it was heard."""

from __future__ import annotations

from collections.abc import Callable

_TEXT = """
acorn albatross alder almond amber anchor angle ankle anvil apple apron arbour arch arrow artichoke aspen asphalt
attic autumn backpack badge badger bagel baker ballad balloon bamboo banjo barley barn barometer barrel basil basket
bassoon bayleaf beacon beaver beech bell bench berry bicycle birch biscuit blanket blizzard blossom bluebell bobbin
bonfire bonnet border bottle boulder bracken bramble branch bread breeze brick bridge bronze brook broom bucket buckle
bugle bugler bulrush bundle butter buttercup button cabbage cabin cactus calico camel canary candle canoe canvas
canyon caramel caravan carbon cargo carpet carrot cashew castle catkin cedar cello chalk chapel charcoal chariot
cheese cherry chestnut chicory chimney chisel chutney cider cinder circus clarinet clay clematis cliff clover cobalt
cobble cockle coconut coffee comet compass compost copper coral corduroy cork cormorant cottage cotton cowslip cradle
cranberry crane crater crayon cricket crocus crumpet crystal cupboard curtain cushion cymbal cypress daisy damson
dandelion dapple deacon denim desert dewdrop dolphin domino donkey dragon dragonfly drawer driftwood drum duckling
dumpling eagle easel eiderdown elbow elder elderberry ember emerald engine estuary falcon farmer feather fennel fern
ferry fiddle finch flagon flannel flint flour flute forest fossil fountain fox foxglove freckle fritter frost gable
galaxy garden garlic garnet gazelle geyser gherkin ginger glacier glove goblet gondola gooseberry gorse granary
granite grape grasshopper gravel greenhouse grotto guitar gull haddock hamlet hammer hammock harbour harness harp
harvest hawthorn hazel heather hedge hedgehog helmet heron hickory hollow honey hopper hornet hurdle hyacinth icicle
igloo indigo inkwell island ivory jacket jasmine jersey jigsaw jingle juggler jumper juniper kayak kernel kestrel
kettle kingdom kingfisher kitchen kiwi ladder ladybird lagoon lantern larch lattice lavender lemon lentil lettuce
lighthouse lily linen lizard llama lobster locket lollipop lupin lynx mackerel magnet magpie mallet mandolin mango
maple marble marigold marmalade marrow marsh meadow melon mermaid meteor mitten monsoon moonlight moorland mosaic moth
mountain muffin mushroom mustard nectar needle nettle nickel nightingale nutmeg oakum oasis oatmeal oboe ocean olive
onion orbit orchard orchid osprey otter oyster paddle palace pancake panther papaya paper paprika parasol parcel
parsley pastry peacock pebble pelican pencil penguin pepper peppermint piano pickle pigeon pillow pilot pine pippin
planet plaster plough plum pocket pollen pomegranate poplar poppy porridge potato prairie primrose prism puddle puffin
pumpkin puzzle python quarry quartz quicksand quill quiver rabbit radish raft rafter raisin rapids raven reed rhubarb
ribbon ripple river robin rocket rosemary rowan ruby rucksack rudder saddle saffron sage salmon sandal sandpiper
sapling sapphire satchel saucer scallop scarf school scooter seagull seahorse sequin shamrock shelter shepherd shovel
shutter silver skylark slate sleeve snail snowdrop snowflake sorrel sparrow spinach spindle splash sponge spruce
squash squirrel stable staple starfish starling steam stencil stirrup stork strawberry sugar sultana summit sundial
sunflower sunset swallow swan sweater swing sycamore table tablet tadpole tambour tandem tangerine tapestry teapot
telescope temple thicket thimble thistle thrush thunder tiger timber toffee tomato topaz torch tortilla tortoise towel
tractor trellis trifle trombone trout trumpet tulip tundra tunnel turban turnip turquoise turret turtle twilight
umbrella valley vanilla velvet violet violin volcano waffle wagon walnut walrus warbler water weasel wheelbarrow
whisker whistle wicket willow windmill window winter wombat woodland woodpecker wren xylophone yarrow yogurt zebra
zephyr zinnia
"""
WORDS = tuple(_TEXT.split())


def passphrase(choose: Callable[[int], int]) -> str:
    """`copper-lantern-violet-geyser-47`: four words and two digits. `choose` draws a number below the one it is given,
    each as likely as any other."""
    words = [WORDS[choose(len(WORDS))] for _ in range(4)]
    return "-".join((*words, str(10 + choose(90))))
